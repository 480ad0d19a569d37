package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;

/// The predictions and scores of one model on all asked languages and splits. Examples that the model was trained on
/// are counted: for that the training splits behind it are read as well, if they are there.
@Cost(device = true, weight = 1)
@JsonTypeName("Evaluate")
public record EvaluateStep(
        int revision,
        StepKey model,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        List<String> splits,
        int maxLength,
        Precision precision)
        implements StepSpec {

    /// For users whose split has an example without a label.
    public static final String UNLABELLED =
            "A split is scored by its labels: label the example, or leave \"%s\" out of spec.evaluate.splits.";

    public EvaluateStep {
        Bounds.atLeast("revision", revision, 1);
        languages = Bounds.names("languages", languages);
        splits = Bounds.names("splits", splits);
        Bounds.atLeast("maxLength", maxLength, 1);
    }

    @Override
    public List<Input> reads() {
        return List.of(
                new Input.StepOutput(model),
                new Input.LabelledData(data, task.type(), languages, splits).known(task, UNLABELLED));
    }
}
