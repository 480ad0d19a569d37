package dev.isogloss.operator.benchmarks;

import dev.isogloss.resource.TrainingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// From the news that the pod of a step's last input has ended to the news that the step's Job is there.
final class Delays {
    private static final double[] SHARES = {0.5, 0.9, 0.99, 1};

    private Delays() {}

    /// Prints how long steps of the namespace `lab` waited for their Jobs.
    ///
    /// @param since steps whose inputs had all ended before are left out; of this JVM's clock in nanoseconds
    static void print(String benchmark, BenchmarkCluster cluster, Watched watched, long since) {
        List<Double> delays = of(cluster, watched, since);
        Figure.print(benchmark + ".steps", delays.size());
        for (double share : SHARES)
            Figure.print(
                    benchmark + ".nextJobMilliseconds.p" + Math.round(share * 100), Figure.quantile(delays, share));
    }

    private static List<Double> of(BenchmarkCluster cluster, Watched watched, long since) {
        List<TrainingStep> steps = cluster.client()
                .resources(TrainingStep.class)
                .inNamespace("lab")
                .list()
                .getItems();
        Map<String, String> names = new HashMap<>();
        for (TrainingStep step : steps) {
            step.getSpec()
                    .followUps()
                    .forEach(next -> names.put(next.key(), step.getMetadata().getName()));
        }
        for (TrainingStep step : steps)
            names.put(step.getSpec().key(), step.getMetadata().getName());
        List<Double> delays = new ArrayList<>();
        for (TrainingStep step : steps) {
            Long made = watched.made().get(step.getMetadata().getName());
            long ready = step.getSpec().inputs().stream()
                    .mapToLong(key -> watched.ended().getOrDefault(names.getOrDefault(key, ""), 0L))
                    .max()
                    .orElse(0);
            if (made != null && ready > since) delays.add((made - ready) / 1e6);
        }
        return delays;
    }
}
