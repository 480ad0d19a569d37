package dev.isogloss.trainer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// `--claim`, which makes folders of a manifest's volume claims.
final class ClaimOption {
    @Option(
            names = "--claim",
            paramLabel = "NAME=DIR",
            description = "The folder to use for a volume claim that the manifest names; may be given several times.")
    Map<String, Path> claims = new LinkedHashMap<>();
}
