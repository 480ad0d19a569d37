package dev.isogloss.trainer.cli;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.RoundTable;
import dev.isogloss.report.Rounds;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.Store;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private StoreOption store = new StoreOption();

    @Mixin
    private ClaimOption claim = new ClaimOption();

    @Option(names = "--json", description = "Every number in full, as JSON; one document a run.")
    private boolean json;

    @Override
    public void run() {
        CliEnvironment around = isogloss.surroundings;
        PrintStream out = around.out();
        for (Experiment experiment : Experiment.read(files)) {
            Store folder = StoreChoice.of(store.store, experiment.storage(), claim.claims, around)
                    .store();
            Map<StepKey, StepResult> results = new HashMap<>();
            for (PlannedStep step : experiment.plan().steps())
                folder.result(step.key()).ifPresent(result -> results.put(step.key(), result));
            Rounds rounds = Rounds.of(experiment.plan(), results);
            if (json) out.print(RoundTable.json(rounds));
            else if (rounds.rows().isEmpty())
                around.err()
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
