package dev.isogloss.operator.benchmarks;

import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An operator that starts before many finished runs. One is run to its end; the others are copies of it and of its
/// steps. Their Jobs are gone, as they are ten minutes after the end.
final class Restart {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final BenchmarkCluster cluster;
    private final Path operator;
    private final AuditLog audit;

    Restart(BenchmarkCluster cluster, Path operator, AuditLog audit) {
        this.cluster = cluster;
        this.operator = operator;
        this.audit = audit;
    }

    /// @param namespaces that hold the runs and are watched by name; 0 for one that is watched with all others
    void run(int runs, int namespaces) throws Exception {
        new Watched(cluster.client(), cluster.namespace("lab"), StepLengths.all(Duration.ZERO));
        Workloads<CoTrainingRun> one = Workloads.runs(cluster.client(), "lab", PodPer.Step);
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            one.apply(0);
            Until.holds("one run is complete", LONG, () -> one.complete() == 1);
            Figure.print("restart.emptySeconds", process.readySeconds());
            Figure.print("restart.emptyMegabytes", process.megabytes("VmRSS"));
        }
        List<String> names = copy(runs, Math.max(1, namespaces));
        int before = audit.count();
        Map<String, String> watched =
                namespaces == 0 ? Map.of() : Map.of("QUARKUS_OPERATOR_SDK_NAMESPACES", String.join(",", names));
        try (OperatorProcess process = OperatorProcess.start(operator, watched)) {
            Figure.print("restart.readySeconds", process.readySeconds());
            Figure.print("restart.readyProcessorSeconds", process.processorSeconds());
            Until.passed(IDLE);
            Figure.print("restart.idleWritesPerMinute", audit.count() - before);
            Figure.print("restart.processorSeconds", process.processorSeconds());
            Figure.print("restart.megabytes", process.megabytes("VmRSS"));
            Figure.print("restart.mostMegabytes", process.megabytes("VmHWM"));
            Figure.print("restart.heapMegabytes", process.heapMegabytes());
        }
    }

    private List<String> copy(int runs, int namespaces) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < namespaces; i++) names.add(cluster.namespace("finished-" + i));
        try (StoredCopies copies = new StoredCopies("lab")) {
            for (int i = 0; i < runs; i++) copies.write(names.get(i % namespaces), i);
            Figure.print("restart.steps", (double) runs * copies.steps());
        }
        Until.holds("the API server has all copies", LONG, () -> isServed(names.get((runs - 1) % namespaces)));
        return names;
    }

    /// The API server reads etcd on its own, and serves lists from what it has read: before it has read the copies it
    /// refuses whoever wants them.
    private boolean isServed(String namespace) {
        var steps = cluster.client().resources(TrainingStep.class).inNamespace(namespace);
        var stored = steps.list(new ListOptionsBuilder().withLimit(1L).build());
        try {
            var served = steps.list(new ListOptionsBuilder()
                    .withLimit(1L)
                    .withResourceVersion(stored.getMetadata().getResourceVersion())
                    .withResourceVersionMatch("NotOlderThan")
                    .build());
            return !served.getItems().isEmpty();
        } catch (KubernetesClientException behind) {
            if (behind.getCode() == HttpURLConnection.HTTP_GATEWAY_TIMEOUT) return false;
            throw behind;
        }
    }
}
