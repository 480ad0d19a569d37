package dev.isogloss.trainer.cli;

import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParentCommand;

/// `isogloss version`.
@Command(name = "version", description = "Print the versions of Isogloss and of the Java platform.")
final class VersionCommand implements Runnable, IVersionProvider {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Override
    public void run() {
        for (String line : getVersion()) isogloss.environment.out().println(line);
    }

    @Override
    public String[] getVersion() {
        return new String[] {"isogloss " + version(), "java " + Runtime.version()};
    }

    /// The version in the jar; classes in a folder carry none.
    static String version() {
        String packaged = VersionCommand.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(packaged, "development");
    }
}
