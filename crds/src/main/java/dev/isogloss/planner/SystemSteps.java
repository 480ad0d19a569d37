package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps of several systems together, each key once. The title of one that a single system needs begins with that
/// system's name.
final class SystemSteps {
    /// The word in place of a language for the mean over targets.
    static final String AVERAGE = "average";

    /// Keys that one step may read: its JSON has 64 KiB.
    private static final int MOST_EVALUATIONS = 800;

    /// In place of the owner of a step that several systems share.
    private static final String SHARED = "";

    private final Map<StepKey, PlannedStep> steps = new LinkedHashMap<>();
    private final Map<StepKey, String> owners = new LinkedHashMap<>();

    /// @param readers whose evaluations one step reads: the start of a sentence
    /// @param mending what makes them fewer
    static void requireFew(String readers, int evaluations, String mending) {
        if (evaluations > MOST_EVALUATIONS)
            throw new InvalidInput("%s have %,d evaluations; one step can read %,d. Give fewer %s."
                    .formatted(readers, evaluations, MOST_EVALUATIONS, mending));
    }

    void addAll(String system, Plan plan) {
        for (PlannedStep step : plan.steps()) {
            steps.putIfAbsent(step.key(), step);
            owners.merge(step.key(), system, (first, _) -> SHARED);
        }
    }

    StepKey add(StepSpec spec, String title, @Nullable Long seed) {
        StepKey key = StepKeys.of(spec);
        steps.putIfAbsent(key, new PlannedStep(key, spec, title, title, seed));
        return key;
    }

    List<PlannedStep> all() {
        List<PlannedStep> all = new ArrayList<>();
        steps.forEach((key, step) -> all.add(titled(step, owners.get(key))));
        return all;
    }

    private static PlannedStep titled(PlannedStep step, @Nullable String owner) {
        if (owner == null) return step;
        boolean shared = owner.isEmpty();
        return new PlannedStep(
                step.key(),
                step.spec(),
                shared ? step.stage() : owner + " " + step.stage(),
                shared ? step.title() : owner + ": " + step.title(),
                step.seed(),
                List.of(),
                step.target());
    }
}
