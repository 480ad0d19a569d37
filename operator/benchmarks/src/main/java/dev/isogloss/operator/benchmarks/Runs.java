package dev.isogloss.operator.benchmarks;

import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.resource.CoTrainingRun;
import java.nio.file.Path;
import java.time.Duration;

/// Many runs of co-training at once, whose steps take as long as short trainings do: some longer, some shorter, as
/// trainings are, or all equally long, so that they end together in waves.
final class Runs {
    private static final Duration LONG = Duration.ofHours(1);
    static final Duration MEAN = Duration.ofSeconds(40);

    private final BenchmarkCluster cluster;
    private final Path operator;
    private final AuditLog audit;

    Runs(BenchmarkCluster cluster, Path operator, AuditLog audit) {
        this.cluster = cluster;
        this.operator = operator;
        this.audit = audit;
    }

    /// @param mean of the steps' lengths, which lie between half of it and half as much again
    void run(int runs, Duration mean) throws Exception {
        Duration half = mean.dividedBy(2);
        run(
                "runs",
                runs,
                new Watched(cluster.client(), cluster.namespace("lab"), StepLengths.between(half, mean.plus(half))));
    }

    void waves(int runs) throws Exception {
        run("waves", runs, new Watched(cluster.client(), cluster.namespace("lab"), StepLengths.all(MEAN)));
    }

    private void run(String name, int runs, Watched watched) throws Exception {
        Workloads<CoTrainingRun> all = Workloads.runs(cluster.client(), "lab", PodPer.Model);
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            ProcessorTime times = ProcessorTime.from(process.pid());
            long began = System.nanoTime();
            for (int i = 0; i < runs; i++) all.apply(i);
            long applied = System.nanoTime();
            Figure.print(name + ".appliedSeconds", (applied - began) / 1e9);
            Until.holds("all runs are complete", LONG, () -> all.complete() == runs);
            double took = (System.nanoTime() - began) / 1e9;
            int steps = all.steps();
            Figure.print(name + ".seconds", took);
            Figure.print(name + ".stepsPerSecond", steps / took);
            Figure.print(name + ".pods", watched.ended().size());
            times.print(name, steps);
            Delays.print(name, cluster, watched, applied);
            Figure.print(name + ".mostMegabytes", process.megabytes("VmHWM"));
            Figure.print(name + ".writesPerStep", (double) audit.count() / steps);
        }
    }
}
