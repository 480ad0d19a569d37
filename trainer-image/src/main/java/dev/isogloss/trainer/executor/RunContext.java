package dev.isogloss.trainer.executor;

import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.StopSignal;
import dev.isogloss.trainer.store.Store;

/// The context that all steps of a run share.
public record RunContext(
        Store store,
        InputLocations locations,
        ClaimFolders claims,
        StopSignal stop,
        RunOptions options,
        HubSettings hub) {}
