package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import java.nio.file.Path;
import java.time.Duration;

/// Many runs of co-training at once, whose steps take as long as short trainings do.
final class Runs {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofSeconds(40);

    private final Lab lab;
    private final Path operator;
    private final AuditLog audit;

    Runs(Lab lab, Path operator, AuditLog audit) {
        this.lab = lab;
        this.operator = operator;
        this.audit = audit;
    }

    void run(int runs) throws Exception {
        Watched watched = new Watched(lab.client(), lab.namespace("lab"), STEP);
        Subjects<CoTrainingRun> all = Subjects.runs(lab.client(), "lab");
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            ProcessorTime times = ProcessorTime.from(process.pid());
            long began = System.nanoTime();
            for (int i = 0; i < runs; i++) all.apply(i);
            long applied = System.nanoTime();
            Figure.print("runs.appliedSeconds", (applied - began) / 1e9);
            Until.holds("all runs are complete", LONG, () -> all.complete() == runs);
            double took = (System.nanoTime() - began) / 1e9;
            int steps = lab.client()
                    .resources(TrainingStep.class)
                    .inNamespace("lab")
                    .list()
                    .getItems()
                    .size();
            Figure.print("runs.seconds", took);
            Figure.print("runs.stepsPerSecond", steps / took);
            times.print("runs", steps);
            Delays.print("runs", lab, watched, applied);
            Figure.print("runs.mostMegabytes", process.megabytes("VmHWM"));
            Figure.print("runs.writesPerStep", (double) audit.count() / steps);
        }
    }
}
