package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Many experiments at once, before them as many bare Jobs as they have steps, made by a plain client: those are the
/// limit of the machine; and after them a thousand of the very Jobs that they had, made by a plain client as well.
final class Throughput {
    private static final Duration LONG = Duration.ofHours(1);

    /// Enough to tell their rate.
    private static final int SAME_JOBS = 1000;

    private final BenchmarkCluster cluster;
    private final Path operator;
    private final AuditLog audit;

    Throughput(BenchmarkCluster cluster, Path operator, AuditLog audit) {
        this.cluster = cluster;
        this.operator = operator;
        this.audit = audit;
    }

    void run(int experiments) throws Exception {
        int steps = experiments * Workloads.STEPS;
        String namespace = cluster.namespace("bare");
        PlainJobs plain = new PlainJobs(cluster.client());
        double bare = plain.run("throughput.bare", namespace, steps, i -> PlainJobs.bare(namespace, i));
        plain.remove(namespace);
        Figure.print("throughput.bareJobsPerSecond", bare);
        new Watched(cluster.client(), cluster.namespace("lab"), StepLengths.all(Duration.ZERO));
        Workloads<TransferExperiment> all = Workloads.experiments(cluster.client(), "lab");
        double rate;
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            Figure.print("throughput.emptyStartSeconds", process.readySeconds());
            Figure.print("throughput.idleMegabytes", process.megabytes("VmRSS"));
            ProcessorTime times = ProcessorTime.from(process.pid());
            long began = System.nanoTime();
            for (int i = 0; i < experiments; i++) all.apply(i);
            Figure.print("throughput.appliedSeconds", (System.nanoTime() - began) / 1e9);
            Until.holds("all experiments are complete", LONG, () -> all.complete() == experiments);
            rate = steps / ((System.nanoTime() - began) / 1e9);
            Figure.print("throughput.stepsPerSecond", rate);
            times.print("throughput", steps);
            Figure.print("throughput.ofBareJobs", rate / bare);
            Figure.print("throughput.megabytes", process.megabytes("VmRSS"));
            Figure.print("throughput.mostMegabytes", process.megabytes("VmHWM"));
        }
        for (Map.Entry<String, Integer> writes : audit.writes().entrySet())
            Figure.print("throughput.writesPerStep " + writes.getKey(), (double) writes.getValue() / steps);
        Figure.print("throughput.writesPerStep", (double) audit.count() / steps);
        double same = sameJobs();
        Figure.print("throughput.sameJobsPerSecond", same);
        Figure.print("throughput.ofSameJobs", rate / same);
        try (OperatorProcess again = OperatorProcess.start(operator)) {
            Figure.print("throughput.restartSeconds", again.readySeconds());
        }
    }

    /// The same Jobs again, made by a plain client: what is left is the operator's part.
    private double sameJobs() throws Exception {
        var client = cluster.client();
        String namespace = cluster.namespace("same");
        for (PersistentVolumeClaim claim :
                client.persistentVolumeClaims().inNamespace("lab").list().getItems())
            client.resource(PlainJobs.like(claim, namespace)).create();
        List<Job> jobs = client.batch().v1().jobs().inNamespace("lab").list().getItems().stream()
                .limit(SAME_JOBS)
                .toList();
        return new PlainJobs(client)
                .run("throughput.same", namespace, jobs.size(), i -> PlainJobs.like(jobs.get(i), namespace));
    }
}
