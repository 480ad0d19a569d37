package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import java.util.Set;

/// One model on a whole pool: the probabilities of every example, whether or not it has a label.
///
/// @param languages whose split is the pool, sorted
@JsonTypeName("PredictPool")
public record PredictPoolStep(
        int revision,
        StepKey model,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        String split,
        int maxLength,
        Precision precision)
        implements StepSpec {
    @Override
    public Set<StepKey> inputs() {
        return Set.of(model);
    }
}
