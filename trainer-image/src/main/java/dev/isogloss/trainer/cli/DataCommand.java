package dev.isogloss.trainer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `isogloss data`.
@Command(name = "data", description = "Make data.")
final class DataCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Override
    public void run() {
        isogloss.surroundings.out().println();
    }
}
