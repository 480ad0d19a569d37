package dev.isogloss.operator.benchmarks;

import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Many experiments at once, and before them as many bare Jobs as they have steps, made by a plain client: those are
/// the limit of the machine.
final class Throughput {
    private static final Duration LONG = Duration.ofHours(1);

    private final Lab lab;
    private final Path operator;
    private final AuditLog audit;

    Throughput(Lab lab, Path operator, AuditLog audit) {
        this.lab = lab;
        this.operator = operator;
        this.audit = audit;
    }

    void run(int experiments) throws Exception {
        int steps = experiments * Experiments.STEPS;
        double bare = bareJobs(steps);
        Figure.print("throughput.bareJobsPerSecond", bare);
        new Watched(lab.client(), lab.namespace("lab"));
        Experiments all = new Experiments(lab.client(), "lab");
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            Figure.print("throughput.emptyStartSeconds", process.readySeconds());
            Figure.print("throughput.idleMegabytes", process.megabytes("VmRSS"));
            ProcessorTime times = ProcessorTime.from(process.pid());
            long began = System.nanoTime();
            for (int i = 0; i < experiments; i++) all.apply(i);
            Figure.print("throughput.appliedSeconds", (System.nanoTime() - began) / 1e9);
            Until.holds("all experiments are complete", LONG, () -> all.complete() == experiments);
            double rate = steps / ((System.nanoTime() - began) / 1e9);
            Figure.print("throughput.stepsPerSecond", rate);
            times.print("throughput", steps);
            Figure.print("throughput.ofBareJobs", rate / bare);
            Figure.print("throughput.megabytes", process.megabytes("VmRSS"));
            Figure.print("throughput.mostMegabytes", process.megabytes("VmHWM"));
        }
        for (Map.Entry<String, Integer> writes : audit.writes().entrySet())
            Figure.print("throughput.writesPerStep " + writes.getKey(), (double) writes.getValue() / steps);
        Figure.print("throughput.writesPerStep", (double) audit.count() / steps);
        try (OperatorProcess again = OperatorProcess.start(operator)) {
            Figure.print("throughput.restartSeconds", again.readySeconds());
        }
    }

    private double bareJobs(int jobs) throws Exception {
        Watched watched = new Watched(lab.client(), lab.namespace("bare"));
        ProcessorTime times = ProcessorTime.from(0);
        long began = System.nanoTime();
        for (int i = 0; i < jobs; i++) lab.client().resource(bareJob(i)).create();
        Until.holds(
                "all bare Jobs are complete", LONG, () -> watched.completed().size() == jobs);
        double rate = jobs / ((System.nanoTime() - began) / 1e9);
        times.print("throughput.bare", jobs);
        return rate;
    }

    private static io.fabric8.kubernetes.api.model.batch.v1.Job bareJob(int number) {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace("bare")
                .withName("bare-" + number)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withAnnotations(Map.of("sim.isogloss/run-for", "never"))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("trainer")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
