package dev.isogloss.trainer.executor;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.store.StepFixtures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Plans drawn as text: `plan("teacher -> student, teacher -> other")`.
public final class PlanFixture {

    private PlanFixture() {}

    public static Plan plan(String drawing) {
        Map<String, PlannedStep> steps = new LinkedHashMap<>();
        for (String chain : drawing.split(",")) {
            StepKey input = null;
            for (String name : chain.split("->")) {
                PlannedStep step = steps.computeIfAbsent(name.strip(), planned(input, steps.size()));
                input = step.key();
            }
        }
        return new Plan("lab", List.copyOf(steps.values()));
    }

    private static Function<String, PlannedStep> planned(@Nullable StepKey input, int seed) {
        return name ->
                new PlannedStep(StepFixtures.key(name), StepFixtures.training(input, seed), "fineTune", name, null);
    }
}
