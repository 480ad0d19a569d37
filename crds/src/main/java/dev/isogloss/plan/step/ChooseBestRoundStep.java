package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The best of several models by their selection scores, the first of equals; its scores are this step's.
///
/// @param trained  the trainings to choose from
/// @param measured the evaluation of each, in the same order
@JsonTypeName("ChooseBestRound")
public record ChooseBestRoundStep(int revision, List<StepKey> trained, List<StepKey> measured) implements StepSpec {

    /// @throws IllegalArgumentException unless every training has its evaluation
    public ChooseBestRoundStep {
        trained = List.copyOf(trained);
        measured = List.copyOf(measured);
        if (trained.isEmpty() || trained.size() != measured.size())
            throw new IllegalArgumentException(trained.size() + " models and " + measured.size() + " evaluations");
    }

    @Override
    public Set<StepKey> inputs() {
        Set<StepKey> inputs = new TreeSet<>(trained);
        inputs.addAll(measured);
        return inputs;
    }
}
