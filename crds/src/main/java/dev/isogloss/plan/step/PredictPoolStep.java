package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One model on a whole pool: the probabilities of every example, whether or not it has a label.
///
/// @param languages whose split is the pool, sorted
/// @param copies    the step that made copies of the split, which are the pool then; null, and left out of the key,
///     where the pool is the split itself
@Cost(device = true, weight = 3)
@JsonTypeName("PredictPool")
public record PredictPoolStep(
        int revision,
        StepKey model,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        String split,
        int maxLength,
        Precision precision,
        @Nullable StepKey copies)
        implements StepSpec {

    public PredictPoolStep {
        Bounds.atLeast("revision", revision, 1);
        languages = Bounds.names("languages", languages);
        Bounds.notBlank("split", split);
        Bounds.atLeast("maxLength", maxLength, 1);
    }

    @Override
    public List<Input> reads() {
        return List.of(new Input.StepOutput(model), pool().input());
    }

    /// What it labels.
    public PoolIdentity pool() {
        return new PoolIdentity(task.type(), data, languages, split, copies);
    }
}
