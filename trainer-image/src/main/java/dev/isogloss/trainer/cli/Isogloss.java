package dev.isogloss.trainer.cli;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.result.ExitCode;
import dev.isogloss.trainer.executor.Failures;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root command.
@Command(
        name = "isogloss",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Cross-lingual transfer experiments: one manifest in, a table of scores out.",
            "",
            "  isogloss run examples/quickstart.yaml",
            "  isogloss plan examples/quickstart.yaml",
            "  isogloss results examples/quickstart.yaml --format markdown",
            ""
        },
        mixinStandardHelpOptions = false,
        versionProvider = VersionCommand.class,
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            ValidateCommand.class,
            StatusCommand.class,
            ResultsCommand.class,
            RoundsCommand.class,
            ProjectCommand.class,
            InterpolationCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            StoreCommand.class,
            DataCommand.class,
            StepCommand.class,
            VersionCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 something failed, 2 the manifest or the data are wrong, 3 out of memory on the device,",
            "75 another process runs the step (step), 143 told to stop (a checkpoint is written; the same command goes on",
            "from there)."
        })
final class Isogloss implements Runnable {
    final CliEnvironment environment;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the versions, as the command version does.")
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error happened.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Isogloss(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        spec.commandLine().usage(environment.out());
    }

    /// Runs one command line; never throws.
    ///
    /// @return the exit code
    static int run(CliEnvironment environment, String... arguments) {
        Isogloss isogloss = new Isogloss(environment);
        int code = commandLine(isogloss)
                .setOut(new PrintWriter(
                        environment.out(), true, environment.out().charset()))
                .setErr(new PrintWriter(
                        environment.err(), true, environment.err().charset()))
                .setParameterExceptionHandler(isogloss::misused)
                .setExecutionExceptionHandler(isogloss::failed)
                .execute(arguments);
        return isogloss.written(code);
    }

    /// What could not be printed is lost, and whoever redirected it into a file has to be told.
    private int written(int code) {
        if (!(environment.out() instanceof StandardOutput out) || out.failure().isEmpty()) return code;
        complain("What was printed is not complete: standard output cannot be written (%s)."
                .formatted(out.failure().get().getMessage()));
        return code == 0 ? ExitCode.Failed.code() : code;
    }

    /// All commands and options, to be looked at.
    static CommandLine commandLine(CliEnvironment environment) {
        return commandLine(new Isogloss(environment));
    }

    static CommandLine commandLine(Isogloss isogloss) {
        return new CommandLine(isogloss)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setAbbreviatedOptionsAllowed(false)
                .setUsageHelpLongOptionsMaxWidth(34);
    }

    private int misused(ParameterException misuse, String... arguments) {
        complain(String.valueOf(misuse.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(
                misuse, new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
        String command = misuse.getCommandLine().getCommandSpec().qualifiedName();
        environment.err().println("Try: " + command + " --help");
        return ExitCode.InvalidInput.code();
    }

    private int failed(Exception failure, CommandLine command, ParseResult parsed) {
        report(failure);
        return Failures.exitCode(failure).code();
    }

    /// Says what went wrong: the paragraph, and the stack trace for those who asked for it.
    void report(Throwable failure) {
        complain(Failures.sentence(failure));
        trace(failure);
    }

    void complain(String sentence) {
        environment.err().println("isogloss: " + Excerpt.message(sentence));
    }

    void trace(Throwable failure) {
        if (verbose && !(failure instanceof InvalidInput && failure.getCause() == null))
            failure.printStackTrace(environment.err());
    }
}
