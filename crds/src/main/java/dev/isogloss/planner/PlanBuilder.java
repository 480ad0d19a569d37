package dev.isogloss.planner;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The steps of a plan as they are found: each key once, under the title it had first.
final class PlanBuilder {
    private final Map<StepKey, PlannedStep> found = new LinkedHashMap<>();

    /// Adds a step that all target languages share.
    StepKey add(StepSpec step, String stage, String title, @Nullable Long seed) {
        return add(step, stage, title, seed, (String) null);
    }

    /// Adds a step for one target language, or for all where `target` is null.
    StepKey add(StepSpec step, String stage, String title, @Nullable Long seed, @Nullable String target) {
        StepKey key = StepKeys.of(step);
        found.putIfAbsent(key, new PlannedStep(key, step, stage, title, seed, List.of(), target));
        return key;
    }

    /// Adds a step of a round; one that several rounds mean belongs to all of them.
    StepKey add(StepSpec step, String title, long seed, Round round) {
        StepKey key = StepKeys.of(step);
        PlannedStep known = found.get(key);
        if (known == null) found.put(key, new PlannedStep(key, step, round.stage(), title, seed, List.of(round)));
        else if (!known.rounds().contains(round)) {
            List<Round> rounds = new ArrayList<>(known.rounds());
            rounds.add(round);
            found.put(key, new PlannedStep(key, known.spec(), known.stage(), known.title(), known.seed(), rounds));
        }
        return key;
    }

    /// The spec of a step that was added.
    StepSpec spec(StepKey key) {
        return Objects.requireNonNull(found.get(key)).spec();
    }

    /// The steps so far.
    List<PlannedStep> steps() {
        return List.copyOf(found.values());
    }

    Plan plan(String name) {
        return new Plan(name, steps());
    }
}
