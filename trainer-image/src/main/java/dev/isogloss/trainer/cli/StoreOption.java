package dev.isogloss.trainer.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--store`.
final class StoreOption {
    static final String DEFAULT = ".isogloss";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description =
                    "Where results are kept: a folder, or s3://BUCKET/FOLDER. Default: what the manifest's storage says,"
                            + " else ./.isogloss.")
    @Nullable
    String store;
}
