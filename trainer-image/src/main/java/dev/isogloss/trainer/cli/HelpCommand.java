package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `isogloss help COMMAND`, for those who do not type `--help` after it.
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command; none: an overview.")
    private List<String> names = List.of();

    @Override
    public void run() {
        CommandLine command = spec.parent().commandLine();
        for (String name : names) {
            CommandLine below = command.getSubcommands().get(name);
            if (below == null)
                throw new InvalidInput("There is no command \"%s\"; isogloss help lists them.".formatted(name));
            command = below;
        }
        command.usage(isogloss.environment.out());
    }
}
