package dev.isogloss.trainer.executor;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.StopSignal;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.Map;

/// What all steps of a run share.
public record RunContext(
        Store store, Locations locations, Map<String, Path> claims, StopSignal stop, RunOptions options) {

    public RunContext {
        claims = Map.copyOf(claims);
    }
}
