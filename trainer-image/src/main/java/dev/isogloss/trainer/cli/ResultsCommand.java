package dev.isogloss.trainer.cli;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.report.Format;
import dev.isogloss.report.ShiftTable;
import dev.isogloss.report.Summary;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.report.StoredResults;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss results`.
@Command(
        name = "results",
        description = {
            "Print the scores that the store holds of experiments: mean, standard deviation and 95 %% interval over"
                    + " seeds.",
            "",
            "  isogloss results examples/quickstart.yaml",
            "  isogloss results packages.yaml --format latex > table.tex",
            ""
        })
final class ResultsCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", description = "Files with experiments.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOptions storage = new StoreOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv, json, markdown or latex. Default: table.")
    private Format format = Format.Table;

    @Override
    public void run() {
        CliEnvironment environment = isogloss.environment;
        for (PlannedManifest experiment : PlannedManifest.read(files)) {
            Store folder = storage.store(experiment, environment);
            Map<StepKey, StepResult> results = StoredResults.of(experiment.plan(), folder);
            int steps = experiment.plan().steps().size();
            environment.out().print(format.render(Summary.of(experiment.plan(), results)));
            if (format == Format.Table) analysis(environment, experiment, folder);
            if (results.size() < steps)
                environment
                        .err()
                        .println("%s: %d of %d steps have no result yet; isogloss run makes them."
                                .formatted(experiment.plan().name(), steps - results.size(), steps));
        }
    }

    private static void analysis(CliEnvironment environment, PlannedManifest experiment, Store folder) {
        String table = ShiftTable.of(StoredResults.shifts(experiment.plan(), folder));
        if (!table.isEmpty()) environment.out().print("\n" + table);
    }
}
