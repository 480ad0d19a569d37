package dev.isogloss.plan;

import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The graph of steps a manifest means, in dependency order, each key once.
///
/// @param benchmark what the steps of a benchmark are for; null for every other kind
public record Plan(
        String name, List<PlannedStep> steps, @Nullable BenchmarkOutline benchmark) {

    /// @throws IllegalArgumentException if a step stands before one it reads, or stands twice
    public Plan {
        if (name.isBlank()) throw new IllegalArgumentException("a plan needs a name");
        steps = List.copyOf(steps);
        Set<StepKey> before = new HashSet<>();
        for (PlannedStep step : steps) {
            if (!before.containsAll(step.inputs()))
                throw new IllegalArgumentException(step.title() + " stands before a step that it reads");
            if (!before.add(step.key())) throw new IllegalArgumentException(step.title() + " stands twice in the plan");
        }
    }

    public Plan(String name, List<PlannedStep> steps) {
        this(name, steps, null);
    }

    public Optional<PlannedStep> step(StepKey key) {
        return steps.stream().filter(step -> step.key().equals(key)).findFirst();
    }

    /// The seed of the first training behind a model: of its first weights, as far as they are drawn. It is the
    /// same for all rounds of a model, and differs between models that differ by their seed.
    ///
    /// @param measured the evaluation of the model
    public long firstSeed(StepKey measured) {
        long seed = -1;
        Optional<StepKey> next = Optional.of(((EvaluateStep) spec(measured)).model());
        while (next.isPresent()) {
            StepSpec made = spec(next.get());
            if (made instanceof TrainStep train) seed = train.seed();
            next = made.startsFrom();
        }
        return seed;
    }

    private StepSpec spec(StepKey key) {
        return step(key).orElseThrow().spec();
    }
}
