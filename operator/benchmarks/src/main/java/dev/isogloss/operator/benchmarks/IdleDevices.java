package dev.isogloss.operator.benchmarks;

import dev.isogloss.api.cluster.PodPer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/// Runs of co-training, and experiments that train and go on from that, on pods that take long to start, as pods with a
/// GPU do: how long one takes, and how long devices are held without work, by what one pod does.
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
            for (PodPer podPer : PodPer.values()) {
                String each = podPer.name().toLowerCase(Locale.ROOT);
                run("idle.runs." + each, runs, namespace -> Workloads.runs(cluster.client(), namespace, podPer));
                run(
                        "idle.experiments." + each,
                        runs,
                        namespace -> Workloads.adaptations(cluster.client(), namespace, podPer));
            }
        }
    }

    /// All at once: there are devices enough, and the operator has little to do.
    private void run(String name, int number, Function<String, Workloads<?>> workloads) throws Exception {
        String namespace = cluster.namespace(name.replace('.', '-'));
        Watched watched = new Watched(cluster.client(), namespace, LENGTHS);
        Workloads<?> all = workloads.apply(namespace);
        long began = System.nanoTime();
        for (int i = 0; i < number; i++) all.apply(i);
        Until.holds("all are complete", LONG, () -> all.complete() == number);
        Figure.print(name + ".seconds", (System.nanoTime() - began) / 1e9);
        Figure.print(name + ".steps", all.steps());
        Figure.print(name + ".pods", watched.ended().size());
        Figure.print(name + ".idleSecondsPerStep", watched.idle().toMillis() / 1e3 / all.steps());
    }
}
