package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;

/// One model on a whole pool: the probabilities of every example, whether or not it has a label.
///
/// @param languages whose split is the pool, sorted
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
        Precision precision)
        implements StepSpec {
    private static final String OTHERWISE =
            "It is the pool that models label: name another split under the strategy's poolSplit.";

    public PredictPoolStep {
        Bounds.atLeast("revision", revision, 1);
        languages = Bounds.names("languages", languages);
        Bounds.notBlank("split", split);
        Bounds.atLeast("maxLength", maxLength, 1);
    }

    @Override
    public List<Input> reads() {
        return List.of(
                new Input.StepOutput(model),
                new Input.LabelledData(data, task.type(), languages, List.of(split), OTHERWISE, null));
    }
}
