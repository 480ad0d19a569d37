package dev.isogloss.trainer.cli;

import java.io.PrintStream;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `isogloss version`.
@Command(name = "version", description = "Print the versions of Isogloss and of the Java platform.")
final class VersionCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Override
    public void run() {
        PrintStream out = isogloss.environment.out();
        out.println("isogloss " + version());
        out.println("java " + Runtime.version());
    }

    /// The version in the jar; classes in a folder carry none.
    static String version() {
        String packaged = VersionCommand.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(packaged, "development");
    }
}
