package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import java.util.Set;

/// One model, all asked languages and splits.
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
    @Override
    public Set<StepKey> inputs() {
        return Set.of(model);
    }
}
