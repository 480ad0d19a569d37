package dev.isogloss.trainer.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--store`, and `--claim`, which may name the store's volume.
final class StoreOption {
    static final String DEFAULT = ".isogloss";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Where results are kept. Default: what the manifest's storage says, else ./.isogloss.")
    @Nullable
    Path store;
}
