package dev.isogloss.trainer.executor;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.store.StepFixtures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Plans drawn as text: `plan("teacher -> student, teacher -> other")`.
public final class PlanFixture {

    private PlanFixture() {}

    public static Plan plan(String drawing) {
        return plan(drawing, (name, spec) -> StepFixtures.key(name));
    }

    /// The same with the keys that such steps have: a store then knows what reads what.
    public static Plan keyed(String drawing) {
        return plan(drawing, (name, spec) -> StepKeys.of(spec));
    }

    private static Plan plan(String drawing, BiFunction<String, StepSpec, StepKey> keys) {
        Map<String, PlannedStep> steps = new LinkedHashMap<>();
        for (String chain : drawing.split(",")) {
            StepKey input = null;
            for (String name : chain.split("->")) {
                PlannedStep step = steps.computeIfAbsent(name.strip(), planned(input, steps.size(), keys));
                input = step.key();
            }
        }
        return new Plan("lab", List.copyOf(steps.values()));
    }

    private static Function<String, PlannedStep> planned(
            @Nullable StepKey input, int seed, BiFunction<String, StepSpec, StepKey> keys) {
        StepSpec spec = StepFixtures.training(input, seed);
        return name -> new PlannedStep(keys.apply(name, spec), spec, "fineTune", name, null);
    }
}
