package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.trainer.executor.Failures;
import dev.isogloss.trainer.executor.LocalExecutor;
import dev.isogloss.trainer.executor.RunContext;
import dev.isogloss.trainer.executor.RunOutcome;
import dev.isogloss.trainer.executor.StopSwitch;
import dev.isogloss.trainer.progress.JsonLines;
import dev.isogloss.trainer.progress.LiveDisplay;
import dev.isogloss.trainer.progress.PlainLines;
import dev.isogloss.trainer.progress.RunListener;
import dev.isogloss.trainer.progress.Terminal;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.step.inputs.Preflight;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            "  isogloss run packages.yaml --json | tee events.jsonl",
            ""
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", description = "Files with experiments, run one after another.")
    private List<Path> files = List.of();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private ClaimOption claim = new ClaimOption();

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "Steps to run at once. Default: 1.")
    private int parallel;

    @Option(names = "--json", description = "Print events as JSON, one a line, instead of progress and table.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress: only the table, and what goes wrong.")
    private boolean quiet;

    @Override
    public Integer call() {
        if (parallel < 1) throw new InvalidInput("--parallel is %d; it must be at least 1.".formatted(parallel));
        List<Experiment> experiments = Experiment.read(files);
        experiments.forEach(experiment -> Claims.check(claim.claims, experiment.locations()));
        StopSwitch stop = new StopSwitch();
        int worst = 0;
        for (Experiment experiment : experiments) {
            int code = run(experiment, stop);
            if (code == Failures.STOPPED) return code;
            worst = Math.max(worst, code);
        }
        return worst;
    }

    private int run(Experiment experiment, StopSwitch stop) {
        CliEnvironment around = isogloss.surroundings;
        StoreChoice choice = StoreChoice.of(store.store, experiment.storage(), claim.claims, around);
        if (!json && !quiet) choice.note().ifPresent(note -> around.err().println("Note: " + note + "."));
        Store folder = choice.store();
        List<PlannedStep> missing = experiment.plan().steps().stream()
                .filter(step -> !folder.isDone(step.key()))
                .toList();
        Locations where = missing.isEmpty()
                ? experiment.locations()
                : Stores.fetched(
                        missing.stream()
                                .flatMap(step -> step.spec().reads().stream())
                                .toList(),
                        experiment.locations(),
                        around,
                        !json && !quiet);
        new Preflight(where, claim.claims).check(missing);
        RunOptions options = compute.options(parallel);
        RunContext place = new RunContext(folder, where, claim.claims, stop, options);
        RunOutcome outcome;
        try (RunListener listener = listener();
                Interrupts interrupts = Interrupts.stopping(stop, listener);
                LazyRunner runner = new LazyRunner(around.runner())) {
            outcome = new LocalExecutor(runner, place, parallel, listener, around.clock()).run(experiment.plan());
        }
        return new RunReport(isogloss, experiment.plan(), outcome, json).print();
    }

    private RunListener listener() {
        CliEnvironment around = isogloss.surroundings;
        if (json) return new JsonLines(around.out(), around.clock());
        if (quiet) return RunListener.SILENT;
        return around.live().getAsBoolean()
                ? new LiveDisplay(around.err(), around.look().get(), Terminal::width, around.clock())
                : new PlainLines(around.err(), around.clock());
    }

    /// How steps compute.
    static final class ComputeOptions {
        @Option(
                names = "--threads",
                paramLabel = "N",
                defaultValue = "0",
                description = "Threads for each step. Default: the cores, divided by --parallel.")
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
