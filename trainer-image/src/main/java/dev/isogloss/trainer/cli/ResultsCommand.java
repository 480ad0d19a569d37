package dev.isogloss.trainer.cli;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Format;
import dev.isogloss.report.Summary;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.report.ShiftTable;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.HashMap;
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
    private StoreOption store = new StoreOption();

    @Mixin
    private ClaimOption claim = new ClaimOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv, json, markdown or latex. Default: table.")
    private Format format = Format.Table;

    @Override
    public void run() {
        CliEnvironment around = isogloss.surroundings;
        for (Experiment experiment : Experiment.read(files)) {
            Store folder = StoreChoice.of(store.store, experiment.storage(), claim.claims, around)
                    .store();
            Map<StepKey, StepResult> results = new HashMap<>();
            List<PlannedStep> steps = experiment.plan().steps();
            for (PlannedStep step : steps)
                folder.result(step.key()).ifPresent(result -> results.put(step.key(), result));
            around.out().print(format.render(Summary.of(experiment.plan(), results)));
            if (format == Format.Table) analysis(around, experiment, folder);
            if (results.size() < steps.size())
                around.err()
                        .println("%s: %d of %d steps have no result yet; isogloss run makes them."
                                .formatted(experiment.plan().name(), steps.size() - results.size(), steps.size()));
        }
    }

    private static void analysis(CliEnvironment around, Experiment experiment, Store folder) {
        String table = ShiftTable.of(experiment.plan(), folder);
        if (!table.isEmpty()) around.out().print("\n" + table);
    }
}
