package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/// The models of several seeds as one: the mean of the probabilities that they gave in their evaluations, scored.
///
/// @param evaluations of the models, one a seed
@Cost(device = false, weight = 1)
@JsonTypeName("Ensemble")
public record EnsembleStep(
        int revision,
        List<StepKey> evaluations,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        List<String> splits)
        implements StepSpec {

    public EnsembleStep {
        Bounds.atLeast("revision", revision, 1);
        evaluations = Bounds.distinct("evaluations", evaluations);
        languages = Bounds.names("languages", languages);
        splits = Bounds.names("splits", splits);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>();
        evaluations.forEach(evaluation -> reads.add(new Input.StepOutput(evaluation)));
        reads.add(new Input.LabelledData(data, task.type(), languages, splits).known(task, EvaluateStep.UNLABELLED));
        return List.copyOf(reads);
    }
}
