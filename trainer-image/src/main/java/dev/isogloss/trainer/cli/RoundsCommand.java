package dev.isogloss.trainer.cli;

import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.report.RoundTable;
import dev.isogloss.report.Rounds;
import dev.isogloss.trainer.report.StoredResults;
import dev.isogloss.trainer.store.Store;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss rounds`.
@Command(
        name = "rounds",
        description = {
            "Show what each model of a run did in each round: labelled, trusted, handed on, how much of that is wrong, and"
                    + " how good the model was. Means over seeds, as far as steps are done.",
            "",
            "  isogloss rounds examples/papers/cotraining-yu-2021/reduced/packages.yaml",
            "  isogloss rounds run.yaml --json | jq '.rows[] | select(.round == 2)'",
            ""
        })
final class RoundsCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", description = "Files with CoTrainingRuns.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOptions storage = new StoreOptions();

    @Option(names = "--json", description = "Every number in full, as JSON; one document a run.")
    private boolean json;

    @Override
    public void run() {
        CliEnvironment environment = isogloss.environment;
        PrintStream out = environment.out();
        for (PlannedManifest experiment : PlannedManifest.read(files)) {
            Store folder = storage.store(experiment, environment);
            Rounds rounds = Rounds.of(experiment.plan(), StoredResults.of(experiment.plan(), folder));
            if (json) out.print(RoundTable.json(rounds));
            else if (rounds.rows().isEmpty())
                environment
                        .err()
                        .println("%s has no rounds; isogloss results shows its scores."
                                .formatted(experiment.plan().name()));
            else {
                out.println("%s: round %s, %,d labels handed on"
                        .formatted(experiment.plan().name(), rounds.progress(), rounds.pseudoLabels()));
                out.print(RoundTable.aligned(rounds));
            }
        }
    }
}
