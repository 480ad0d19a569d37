package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// An operator that starts before many finished experiments. One is run to its end; the others are copies of it and of
/// its steps. Their Jobs are gone, as they are a day after the end.
final class Restart {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int WRITERS = 8;

    private final BenchmarkCluster cluster;
    private final Path operator;
    private final AuditLog audit;

    Restart(BenchmarkCluster cluster, Path operator, AuditLog audit) {
        this.cluster = cluster;
        this.operator = operator;
        this.audit = audit;
    }

    void run(int experiments) throws Exception {
        new Watched(cluster.client(), cluster.namespace("lab"), Duration.ZERO);
        Workloads<TransferExperiment> one = Workloads.experiments(cluster.client(), "lab");
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            one.apply(0);
            Until.holds("one experiment is complete", LONG, () -> one.complete() == 1);
            Figure.print("restart.emptySeconds", process.readySeconds());
            Figure.print("restart.emptyMegabytes", process.megabytes("VmRSS"));
        }
        copy(experiments);
        int before = audit.count();
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            Figure.print("restart.readySeconds", process.readySeconds());
            Until.passed(IDLE);
            Figure.print("restart.idleWritesPerMinute", audit.count() - before);
            Figure.print("restart.megabytes", process.megabytes("VmRSS"));
            Figure.print("restart.mostMegabytes", process.megabytes("VmHWM"));
        }
    }

    private void copy(int experiments) throws Exception {
        cluster.namespace("finished");
        var client = cluster.client();
        TransferExperiment experiment = client.resources(TransferExperiment.class)
                .inNamespace("lab")
                .withName("e0")
                .get();
        List<TrainingStep> steps =
                client.resources(TrainingStep.class).inNamespace("lab").list().getItems();
        List<Future<?>> copies = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < experiments; i++) {
                int number = i;
                copies.add(writers.submit(() -> copy(experiment, steps, number)));
            }
        }
        for (Future<?> copy : copies) copy.get();
    }

    private void copy(TransferExperiment experiment, List<TrainingStep> steps, int number) {
        TransferExperiment fresh = new TransferExperiment();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace("finished")
                .withName("e" + number)
                .build());
        fresh.setSpec(experiment.getSpec());
        HasMetadata owner = cluster.client().resource(fresh).create();
        fresh.setStatus(experiment.getStatus());
        cluster.client().resource(fresh).patchStatus();
        String uid = owner.getMetadata().getUid();
        for (TrainingStep step : steps) {
            TrainingStep other = new TrainingStep();
            other.setMetadata(new ObjectMetaBuilder()
                    .withNamespace("finished")
                    .withName(step.getMetadata().getName() + "-" + number)
                    .withOwnerReferences(new OwnerReferenceBuilder()
                            .withApiVersion(experiment.getApiVersion())
                            .withKind(experiment.getKind())
                            .withName("e" + number)
                            .withUid(uid)
                            .build())
                    .build());
            other.setSpec(step.getSpec());
            cluster.client().resource(other).create();
            other.setStatus(step.getStatus());
            cluster.client().resource(other).patchStatus();
        }
    }
}
