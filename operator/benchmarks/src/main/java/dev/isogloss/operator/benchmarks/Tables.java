package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.TransferBenchmark;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// Many tables of five systems at once, whose steps share nothing between tables.
final class Tables {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final BenchmarkCluster cluster;
    private final Path operator;
    private final AuditLog audit;

    Tables(BenchmarkCluster cluster, Path operator, AuditLog audit) {
        this.cluster = cluster;
        this.operator = operator;
        this.audit = audit;
    }

    void run(int tables) throws Exception {
        Watched watched =
                new Watched(cluster.client(), cluster.namespace("lab"), StepLengths.between(SHORTEST, LONGEST));
        Workloads<TransferBenchmark> all = Workloads.tables(cluster.client(), "lab");
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            ProcessorTime times = ProcessorTime.from(process.pid());
            long began = System.nanoTime();
            for (int i = 0; i < tables; i++) all.apply(i);
            Figure.print("tables.appliedSeconds", (System.nanoTime() - began) / 1e9);
            Until.holds("all tables are complete", LONG, () -> all.complete() == tables);
            double took = (System.nanoTime() - began) / 1e9;
            Figure.print("tables.seconds", took);
            Figure.print("tables.steps", all.steps());
            Figure.print("tables.stepsPerSecond", all.steps() / took);
            Figure.print("tables.pods", watched.ended().size());
            Figure.print("tables.mostStatusBytes", mostStatusBytes());
            times.print("tables", all.steps());
            Figure.print("tables.mostMegabytes", process.megabytes("VmHWM"));
            Figure.print("tables.writesPerStep", (double) audit.count() / all.steps());
        }
    }

    private int mostStatusBytes() {
        return cluster.client().resources(TransferBenchmark.class).inNamespace("lab").list().getItems().stream()
                .mapToInt(table -> Serialization.asJson(table.getStatus()).getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElseThrow();
    }
}
