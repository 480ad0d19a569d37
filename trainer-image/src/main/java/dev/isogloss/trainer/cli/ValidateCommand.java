package dev.isogloss.trainer.cli;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.manifest.ManifestReader.CheckResult;
import dev.isogloss.plan.Plan;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.result.ExitCode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss validate`.
@Command(
        name = "validate",
        description = {
            "Check manifests without running them: every problem of every file, with its line and what to write instead.",
            "The rules are those of the cluster's API server.",
            "",
            "  isogloss validate examples/*.yaml",
            ""
        })
final class ValidateCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Manifests.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        long invalid = files.stream().filter(file -> !isValid(file)).count();
        return (invalid == 0 ? ExitCode.Done : ExitCode.InvalidInput).code();
    }

    private boolean isValid(Path file) {
        PrintStream out = isogloss.environment.out();
        CheckResult checked;
        try {
            checked = ManifestReader.check(file);
        } catch (InvalidInput invalid) {
            out.println(invalid.getMessage());
            return false;
        }
        checked.notes().forEach(note -> out.println("note: " + Excerpt.message(note)));
        checked.problems().forEach(out::println);
        if (!checked.problems().isEmpty()) return false;
        return checked.manifests().stream()
                        .filter(manifest -> !isPlanned(file, manifest))
                        .count()
                == 0;
    }

    private boolean isPlanned(Path file, Manifest manifest) {
        PrintStream out = isogloss.environment.out();
        try {
            PlannedManifest planned = PlannedManifest.of(manifest);
            PublishedScores.of(manifest, planned.plan(), file);
            out.println("%s: %s".formatted(file, described(manifest, planned.plan())));
            return true;
        } catch (InvalidInput invalid) {
            out.println(invalid.getMessage());
            return false;
        }
    }

    private static String described(Manifest manifest, Plan plan) {
        int steps = plan.steps().size();
        return switch (manifest) {
            case TransferExperimentManifest _ ->
                "TransferExperiment %s is valid: %d steps".formatted(plan.name(), steps);
            case TransferBenchmarkManifest benchmark ->
                "TransferBenchmark %s is valid: %d systems, %d steps"
                        .formatted(plan.name(), benchmark.spec().systems().size(), steps);
            case CoTrainingRunManifest _ -> "CoTrainingRun %s is valid: %d steps".formatted(plan.name(), steps);
        };
    }
}
