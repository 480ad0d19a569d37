package dev.isogloss.trainer.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `isogloss completion`.
@Command(
        name = "completion",
        description = {
            "Print a script with which bash and zsh complete commands and options.",
            "",
            "  source <(isogloss completion)",
            ""
        })
final class CompletionCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Override
    public void run() {
        CommandLine root = Isogloss.commandLine(isogloss);
        isogloss.environment.out().print(AutoComplete.bash("isogloss", root));
    }
}
