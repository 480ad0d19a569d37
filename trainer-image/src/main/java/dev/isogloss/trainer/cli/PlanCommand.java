package dev.isogloss.trainer.cli;

import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.trainer.report.PlanTree;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.why.PlanReasons;
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
            "  isogloss plan examples/quickstart.yaml --why",
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
    private StoreOptions storage = new StoreOptions();

    @Option(names = "--json", description = "The plan as JSON, with every step's spec in full.")
    private boolean json;

    @Option(
            names = "--why",
            description = "Say of every step that is not in the store which fields set it apart from the nearest one"
                    + " that is.")
    private boolean why;

    @Override
    public void run() {
        CliEnvironment environment = isogloss.environment;
        for (PlannedManifest experiment : PlannedManifest.read(files)) {
            Store store = storage.store(experiment, environment);
            PlanReasons reasons = why ? PlanReasons.of(experiment.plan(), store) : null;
            PlanTree tree = new PlanTree(experiment.plan(), store, reasons);
            if (json) environment.out().println(tree.json());
            else tree.lines().forEach(environment.out()::println);
        }
    }
}
