package dev.isogloss.trainer.step;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.Store;

/// The surroundings of a step: its store, its folder, and where its inputs lie.
///
/// @param store     the results and models of earlier steps
/// @param folder    where this step writes; may hold the checkpoint of an attempt that was stopped
/// @param locations where datasets, corpora and encoders lie
/// @param hub       where published encoders may lie
/// @param claims    the folder of each volume claim that a location may name
public record StepContext(
        Store store,
        StepFolder folder,
        Locations locations,
        ClaimFolders claims,
        StopSignal stop,
        Progress progress,
        RunOptions options,
        HubSettings hub) {}
