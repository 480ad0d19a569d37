package dev.isogloss.trainer.cli;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreEntry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss status`.
@Command(
        name = "status",
        description = {
            "Say how far experiments are, from any terminal: what is done, what a process is running now and how far",
            "that is, what waits. Without manifests it speaks of the whole store.",
            "",
            "  isogloss status",
            "  isogloss status examples/quickstart.yaml",
            ""
        })
final class StatusCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "MANIFEST", arity = "0..*", description = "Files with experiments.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOptions storage = new StoreOptions();

    @Override
    public void run() {
        if (files.isEmpty()) wholeStore();
        else PlannedManifest.read(files).forEach(this::experiment);
    }

    private void wholeStore() {
        PrintStream out = isogloss.environment.out();
        Store folder = storage.choice(null, isogloss.environment).store();
        List<StoreEntry> entries = StoreEntry.all(folder);
        long done = entries.stream().filter(StoreEntry::done).count();
        out.println("%s: %d steps done, %d unfinished".formatted(folder.address(), done, entries.size() - done));
        for (StoreEntry entry : entries)
            if (!entry.done()) out.println("  " + unfinished(folder, entry.kind(), entry.key()));
    }

    private void experiment(PlannedManifest experiment) {
        PrintStream out = isogloss.environment.out();
        Store folder = storage.store(experiment, isogloss.environment);
        List<PlannedStep> steps = experiment.plan().steps();
        List<PlannedStep> open =
                steps.stream().filter(step -> !folder.isDone(step.key())).toList();
        out.println("%s: %d of %d steps done"
                .formatted(experiment.plan().name(), steps.size() - open.size(), steps.size()));
        for (PlannedStep step : open) out.println("  " + state(folder, step));
    }

    private static String state(Store store, PlannedStep step) {
        return store.hasBegun(step.key())
                ? unfinished(store, step.title(), step.key())
                : "%s  %s  not begun".formatted(step.key().brief(), step.title());
    }

    private static String unfinished(Store store, String title, StepKey key) {
        String state = store.locks().isRunning(key)
                ? "running: " + store.locks().holder(key)
                        + store.locks()
                                .told(key)
                                .map(progress -> ": " + progress)
                                .orElse("")
                : store.hasCheckpoint(key) ? "stopped; a checkpoint is there" : "begun and not finished";
        return "%s  %s  %s".formatted(key.brief(), title, state);
    }
}
