package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.TrainingStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Experiments that come at a steady pace: how long after a step's last input is complete its Job is there.
final class Pace {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int SECONDS = 60;
    private static final int WARM_UP = 10;

    private final Lab lab;
    private final Path operator;
    private final AuditLog audit;

    Pace(Lab lab, Path operator, AuditLog audit) {
        this.lab = lab;
        this.operator = operator;
        this.audit = audit;
    }

    void run(int stepsPerSecond) throws Exception {
        Watched watched = new Watched(lab.client(), lab.namespace("lab"));
        Experiments all = new Experiments(lab.client(), "lab");
        Duration interval = Duration.ofNanos((long) (1e9 * Experiments.STEPS / stepsPerSecond));
        int experiments = (WARM_UP + SECONDS) * stepsPerSecond / Experiments.STEPS;
        try (OperatorProcess process = OperatorProcess.start(operator)) {
            Figure.print("pace.idleMegabytes", process.megabytes("VmRSS"));
            long began = System.nanoTime();
            for (int i = 0; i < experiments; i++) {
                all.apply(i);
                Until.passed(interval.multipliedBy(i + 1L).minusNanos(System.nanoTime() - began));
            }
            Until.holds("all experiments are complete", LONG, () -> all.complete() == experiments);
            double took = (System.nanoTime() - began) / 1e9;
            Figure.print("pace.stepsPerSecond", experiments * Experiments.STEPS / took);
            List<Double> delays = delays(watched, began + WARM_UP * 1_000_000_000L);
            Figure.print("pace.steps", delays.size());
            for (double share : new double[] {0.5, 0.9, 0.99, 1})
                Figure.print("pace.nextJobMilliseconds.p" + Math.round(share * 100), Figure.quantile(delays, share));
        }
        Figure.print("pace.writesPerStep", (double) audit.count() / (experiments * Experiments.STEPS));
    }

    /// From the news that a step's last input is complete to the news that its Job is made.
    private List<Double> delays(Watched watched, long since) {
        List<TrainingStep> steps = lab.client()
                .resources(TrainingStep.class)
                .inNamespace("lab")
                .list()
                .getItems();
        Map<String, String> names = new HashMap<>();
        for (TrainingStep step : steps)
            names.put(step.getSpec().key(), step.getMetadata().getName());
        List<Double> delays = new ArrayList<>();
        for (TrainingStep step : steps) {
            Long made = watched.made().get(step.getMetadata().getName());
            long ready = step.getSpec().inputs().stream()
                    .mapToLong(key -> watched.completed().getOrDefault(names.getOrDefault(key, ""), 0L))
                    .max()
                    .orElse(0);
            if (made != null && ready > since) delays.add((made - ready) / 1e6);
        }
        return delays;
    }
}
