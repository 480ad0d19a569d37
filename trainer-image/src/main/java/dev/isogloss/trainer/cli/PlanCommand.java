package dev.isogloss.trainer.cli;

import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss plan`.
@Command(
        name = "plan",
        description = {
            "Show the steps that manifests mean, as a tree, and which of them the store already holds. Nothing is run.",
            "",
            "  isogloss plan examples/quickstart.yaml",
            "  isogloss plan examples/quickstart.yaml --json | jq '.steps[] | select(.done | not) | .title'",
            ""
        })
final class PlanCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", description = "Files with experiments.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private ClaimOption claim = new ClaimOption();

    @Option(names = "--json", description = "The plan as JSON, with every step's spec in full.")
    private boolean json;

    @Override
    public void run() {
        CliEnvironment around = isogloss.surroundings;
        for (Experiment experiment : Experiment.read(files)) {
            StoreChoice choice = StoreChoice.of(store.store, experiment.storage(), claim.claims, around);
            Store folder = choice.store();
            PlanTree tree = new PlanTree(experiment.plan(), folder);
            if (json) around.out().println(tree.json());
            else tree.lines().forEach(around.out()::println);
        }
    }
}
