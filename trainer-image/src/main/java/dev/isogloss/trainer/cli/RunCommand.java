package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.result.ExitCode;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.executor.LocalExecutor;
import dev.isogloss.trainer.executor.RunContext;
import dev.isogloss.trainer.executor.RunOutcome;
import dev.isogloss.trainer.executor.StepsAgain;
import dev.isogloss.trainer.executor.StopSwitch;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.progress.JsonLines;
import dev.isogloss.trainer.progress.LiveDisplay;
import dev.isogloss.trainer.progress.PlainLines;
import dev.isogloss.trainer.progress.RunListener;
import dev.isogloss.trainer.progress.Terminal;
import dev.isogloss.trainer.report.RunReport;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.inputs.Preflight;
import dev.isogloss.trainer.store.Store;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss run`.
@Command(
        name = "run",
        description = {
            "Run experiments on this machine and print their scores.",
            "",
            "Steps whose results are in the store are reused. Ctrl-C writes a checkpoint and ends; the same command goes"
                    + " on from there. Two runs may share a store: each waits for what the other is doing.",
            "",
            "  isogloss run examples/quickstart.yaml",
            "  isogloss run packages.yaml --claim datasets=../data --parallel 2",
            "  isogloss run packages.yaml --claim datasets=../data --dry-run",
            "  isogloss run packages.yaml --json | tee events.jsonl",
            "  isogloss run packages.yaml --again fineTune",
            ""
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", description = "Files with experiments, run one after another.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOptions storage = new StoreOptions();

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "Steps to run at once. Default: 1.")
    private int parallel;

    @Option(
            names = "--again",
            paramLabel = "STAGE|SYSTEM|STEP",
            description = "Compute these steps although the store holds their results, and compare: a stage as results"
                    + " names it, a system of a benchmark, a step's title, or the first digits of its key as plan"
                    + " prints them. What differs replaces what the store held, and what reads it is computed again,"
                    + " too. May be given several times.")
    private List<String> again = List.of();

    @Option(
            names = "--dry-run",
            description = "Check the manifests and what the steps that are to run would read (data to its last line,"
                    + " encoders but for their weights; whether corpora and dictionaries are there), say how many"
                    + " steps that is, and end.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print events as JSON, one a line, instead of progress and table.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress: only the table, and what goes wrong.")
    private boolean quiet;

    @Override
    public Integer call() {
        if (parallel < 1) throw new InvalidInput("--parallel is %d; it must be at least 1.".formatted(parallel));
        List<Experiment> experiments = files.stream()
                .flatMap(file -> PlannedManifest.read(List.of(file)).stream().map(one -> Experiment.of(file, one)))
                .toList();
        experiments.forEach(experiment ->
                Claims.check(storage.claims(), experiment.manifest().locations().claims()));
        Set<StepKey> asked =
                AgainSteps.of(experiments.stream().map(Experiment::plan).toList(), again);
        StopSwitch stop = new StopSwitch();
        int worst = 0;
        for (Experiment experiment : experiments) {
            int code = run(experiment, asked, stop);
            if (code == ExitCode.Stopped.code()) return code;
            worst = Math.max(worst, code);
        }
        return worst;
    }

    /// What is to run, and what others have published of it: a page of theirs is read before anything starts.
    private record Experiment(PlannedManifest manifest, Map<String, Map<String, Double>> published) {
        static Experiment of(Path file, PlannedManifest manifest) {
            return new Experiment(manifest, PublishedScores.of(manifest.manifest(), manifest.plan(), file));
        }

        Plan plan() {
            return manifest.plan();
        }
    }

    private int run(Experiment experiment, Set<StepKey> asked, StopSwitch stop) {
        CliEnvironment environment = isogloss.environment;
        StoreChoice choice = storage.choice(experiment.manifest().storage(), environment);
        if (!json && !quiet) {
            choice.note().ifPresent(note -> environment.err().println("Note: " + note + "."));
            if (isSuspended(experiment.manifest().manifest()))
                environment.err().println("Note: spec.suspend holds steps back in a cluster alone; here they run.");
        }
        Store folder = choice.store();
        Set<StepKey> open = StepsAgain.of(experiment.plan(), folder, asked).open();
        List<PlannedStep> missing = experiment.plan().steps().stream()
                .filter(step -> open.contains(step.key()) || !folder.isDone(step.key()))
                .toList();
        InputLocations where = missing.isEmpty()
                ? experiment.manifest().locations()
                : Stores.fetched(
                        missing.stream()
                                .flatMap(step -> step.spec().reads().stream())
                                .toList(),
                        experiment.manifest().locations(),
                        environment,
                        !json && !quiet);
        ClaimFolders claims = ClaimFolders.withLinks(storage.claims());
        HubSettings hub = HubSettings.of(environment.variables());
        new Preflight(where, claims, folder, hub).check(missing);
        if (dryRun) return checked(experiment.plan(), missing);
        RunOptions options = compute.options(parallel);
        RunContext context = new RunContext(folder, where, claims, stop, options, hub);
        RunOutcome outcome;
        try (RunListener listener = listener();
                Interrupts interrupts = Interrupts.stopping(stop, listener);
                LazyRunner runner = new LazyRunner(environment.runner())) {
            outcome = new LocalExecutor(runner, context, parallel, listener, environment.clock())
                    .run(experiment.plan(), asked);
        }
        return print(new RunReport(experiment.plan(), outcome, experiment.published()));
    }

    private static boolean isSuspended(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest one -> one.spec().common().suspend();
            case CoTrainingRunManifest run -> run.spec().common().suspend();
            case TransferBenchmarkManifest benchmark -> benchmark.spec().suspend();
        };
    }

    private int checked(Plan plan, List<PlannedStep> missing) {
        PrintStream out = isogloss.environment.out();
        if (json)
            out.println(RunReport.checked(
                    plan, missing.size(), isogloss.environment.clock().instant()));
        else
            out.println(
                    missing.isEmpty()
                            ? "%s: all %d steps are in the store."
                                    .formatted(plan.name(), plan.steps().size())
                            : "%s: %d of %d steps are to run; their data and encoders are sound, and what else they read is there."
                                    .formatted(
                                            plan.name(),
                                            missing.size(),
                                            plan.steps().size()));
        return ExitCode.Done.code();
    }

    /// @return the exit code
    private int print(RunReport report) {
        PrintStream out = isogloss.environment.out();
        if (json) out.println(report.event(isogloss.environment.clock().instant()));
        else out.print(report.table());
        out.flush();
        if (!json && !report.again().isEmpty()) isogloss.environment.err().println("Note: " + report.again());
        for (RunReport.FailedSteps failed : report.failures()) {
            isogloss.complain(failed.sentence());
            isogloss.trace(failed.cause());
        }
        if (!report.skipped().isEmpty()) isogloss.complain(report.skipped());
        if (!json && !report.stopped().isEmpty()) isogloss.complain(report.stopped());
        return report.exitCode();
    }

    private RunListener listener() {
        CliEnvironment environment = isogloss.environment;
        if (json) return new JsonLines(environment.out(), environment.clock());
        if (quiet) return RunListener.SILENT;
        return environment.live().getAsBoolean()
                ? new LiveDisplay(
                        environment.err(), environment.terminalStyle().get(), Terminal::width, environment.clock())
                : new PlainLines(environment.err(), environment.clock());
    }

    /// Options of a step's computation.
    static final class ComputeOptions {
        @Option(
                names = "--threads",
                paramLabel = "N",
                defaultValue = "0",
                description = "Threads for each step. Default: the cores; of run divided by --parallel.")
        int threads;

        @Option(
                names = "--checkpoint-every",
                paramLabel = "DURATION",
                defaultValue = "PT5M",
                description = "Write a checkpoint this often (90s, 10m, 1h). Default: 5m.",
                converter = DurationConverter.class)
        Duration checkpointEvery = Duration.ofMinutes(5);

        @Option(
                names = "--checkpoint-updates",
                paramLabel = "N",
                defaultValue = "0",
                description = "Also write a checkpoint every N updates. Default: only by time.")
        int checkpointUpdates;

        @Option(
                names = "--activation-checkpointing",
                description = "Keep fewer activations and compute them twice: less memory, about a third more time.")
        boolean activationCheckpointing;

        @Option(
                names = "--metrics-port",
                paramLabel = "PORT",
                defaultValue = "0",
                description = "Serve Prometheus metrics of the training on this port. Default: not at all.")
        int metricsPort;

        RunOptions options(int parallel) {
            if (threads < 0) throw new InvalidInput("--threads is %d; it must be at least 1.".formatted(threads));
            int cores = Runtime.getRuntime().availableProcessors();
            int each = threads > 0 ? threads : Math.max(1, cores / parallel);
            return new RunOptions(each, checkpointEvery, checkpointUpdates, activationCheckpointing, metricsPort);
        }
    }
}
