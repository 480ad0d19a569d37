package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.planner.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static final int RUNS = 500;

    private final AtomicInteger planned = new AtomicInteger();

    private static Plan plan(int number) {
        var manifest = (CoTrainingRunManifest)
                ManifestReader.read("m.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: r%1$d}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy%1$d, location: {generated: {}}}
                  models:
                    - {name: lm, encoder: {location: {uri: "hf://org/lm"}}}
                    - {name: emb, encoder: {location: {uri: "hf://org/emb"}}}
                  source: qal
                  targets: [qen]
                  seeds: [1]
                  strategy: {coTraining: {rounds: 5}}
                """.formatted(number)).getFirst();
        return Planner.plan(manifest.name(), manifest.spec());
    }

    private void ask(Plans plans, int runs) {
        for (int i = 0; i < runs; i++) {
            int number = i;
            plans.of(new Owner("isogloss.dev/v1alpha1", "CoTrainingRun", "lab", "r" + i, "uid" + i, ""), 1, () -> {
                planned.incrementAndGet();
                return plan(number);
            });
        }
    }

    @Test
    void five_hundred_runs_are_planned_once_under_the_default_limit() {
        Plans plans = new Plans(256L << 20);

        for (int pass = 0; pass < 3; pass++) ask(plans, RUNS);

        assertThat(planned).hasValue(RUNS);
    }

    @Test
    void a_small_heap_keeps_fewer() {
        Plans plans = new Plans(8L << 20);

        for (int pass = 0; pass < 2; pass++) ask(plans, 100);

        assertThat(planned).hasValueGreaterThan(100);
    }

    /// What `Plans` counts on.
    @Test
    void a_step_of_a_plan_takes_less_than_a_kilobyte() {
        List<Plan> plans = new ArrayList<>();
        long before = used();
        for (int i = 0; i < 300; i++) plans.add(plan(i));
        long bytes = used() - before;

        int steps = plans.stream().mapToInt(plan -> plan.steps().size()).sum();
        assertThat(bytes / steps).isBetween(300L, 1_000L);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
