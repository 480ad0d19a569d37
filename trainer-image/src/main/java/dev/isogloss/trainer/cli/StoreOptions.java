package dev.isogloss.trainer.cli;

import dev.isogloss.api.data.Location;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `--store` and `--claim`.
final class StoreOptions {
    static final String DEFAULT = ".isogloss";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description =
                    "Where results are kept: a folder, or s3://BUCKET/FOLDER. Default: what the manifest's storage says,"
                            + " else ./.isogloss.")
    private @Nullable String store;

    @Mixin
    private ClaimOption claim = new ClaimOption();

    Map<String, Path> claims() {
        return claim.claims;
    }

    Store store(PlannedManifest experiment, CliEnvironment environment) {
        return choice(experiment.storage(), environment).store();
    }

    /// @param storage of the manifest
    StoreChoice choice(@Nullable Location storage, CliEnvironment environment) {
        return StoreChoice.of(store, storage, claim.claims, environment);
    }
}
