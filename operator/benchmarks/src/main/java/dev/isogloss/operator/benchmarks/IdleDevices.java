package dev.isogloss.operator.benchmarks;

import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.resource.CoTrainingRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Runs of co-training on pods that take long to start, as pods with a GPU do, once with a pod for each step and once
/// with one for each model: how long a run takes, and how long devices are held without work.
final class IdleDevices {
    private static final Duration LONG = Duration.ofHours(1);
    private static final StepLengths LENGTHS = new StepLengths(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(5));

    private final BenchmarkCluster cluster;
    private final Path operator;

    IdleDevices(BenchmarkCluster cluster, Path operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    void run(int runs) throws Exception {
        try (OperatorProcess _ = OperatorProcess.start(operator)) {
            for (PodPer podPer : PodPer.values()) run(runs, podPer);
        }
    }

    /// All runs at once: there are devices enough, and the operator has little to do.
    private void run(int runs, PodPer podPer) throws Exception {
        String name = "idle.podPer" + podPer;
        String namespace = cluster.namespace("per-" + podPer.name().toLowerCase(Locale.ROOT));
        Watched watched = new Watched(cluster.client(), namespace, LENGTHS);
        Workloads<CoTrainingRun> all = Workloads.runs(cluster.client(), namespace, podPer);
        long began = System.nanoTime();
        for (int i = 0; i < runs; i++) all.apply(i);
        Until.holds("all runs are complete", LONG, () -> all.complete() == runs);
        Figure.print(name + ".seconds", (System.nanoTime() - began) / 1e9);
        Figure.print(name + ".steps", all.steps());
        Figure.print(name + ".pods", watched.ended().size());
        Figure.print(name + ".idleSecondsPerStep", watched.idle().toMillis() / 1e3 / all.steps());
    }
}
