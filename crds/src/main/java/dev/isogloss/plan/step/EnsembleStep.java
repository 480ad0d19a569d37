package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The models of several seeds as one: the mean of the probabilities that they gave when they were measured, scored.
///
/// @param measured the steps that measured them, one a seed
@JsonTypeName("Ensemble")
public record EnsembleStep(
        int revision,
        List<StepKey> measured,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        List<String> splits)
        implements StepSpec {
    @Override
    public Set<StepKey> inputs() {
        return new TreeSet<>(measured);
    }
}
