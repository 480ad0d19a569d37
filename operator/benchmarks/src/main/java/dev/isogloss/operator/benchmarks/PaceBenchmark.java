package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.TransferExperiment;
import java.nio.file.Path;
import java.time.Duration;

/// Experiments that come at a steady pace: how long after a step's last input is complete its Job is there.
final class PaceBenchmark {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int SECONDS = 60;
    private static final int WARM_UP = 10;

    private final BenchmarkCluster cluster;
    private final Path operator;
    private final AuditLog audit;

    PaceBenchmark(BenchmarkCluster cluster, Path operator, AuditLog audit) {
        this.cluster = cluster;
        this.operator = operator;
        this.audit = audit;
    }

    void run(int stepsPerSecond) throws Exception {
        Watched watched = new Watched(cluster.client(), cluster.namespace("lab"), StepLengths.all(Duration.ZERO));
        Workloads<TransferExperiment> all = Workloads.experiments(cluster.client(), "lab");
        Duration interval = Duration.ofNanos((long) (1e9 * Workloads.STEPS / stepsPerSecond));
        int experiments = (WARM_UP + SECONDS) * stepsPerSecond / Workloads.STEPS;
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            Figure.print("pace.idleMegabytes", process.megabytes("VmRSS"));
            long began = System.nanoTime();
            for (int i = 0; i < experiments; i++) {
                all.apply(i);
                Until.passed(interval.multipliedBy(i + 1L).minusNanos(System.nanoTime() - began));
            }
            Until.holds("all experiments are complete", LONG, () -> all.complete() == experiments);
            double took = (System.nanoTime() - began) / 1e9;
            Figure.print("pace.stepsPerSecond", experiments * Workloads.STEPS / took);
            Delays.print("pace", cluster, watched, began + WARM_UP * 1_000_000_000L);
        }
        Figure.print("pace.writesPerStep", (double) audit.count() / (experiments * Workloads.STEPS));
    }
}
