package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/// The pseudo-labels that a model hands on: an even draw from the predictions that it is confident of, out of what its
/// earlier selections left of the pool.
///
/// @param predictions    of this round, on the whole pool; the pool itself is read as well
/// @param earlier        the same model's selections of the rounds before, first round first
/// @param confidence     a label counts as confident where the highest probability is greater
/// @param sampleFraction at most ⌊n · this⌋ are drawn; n is the number of examples of `languages`' training splits
/// @param data           the labelled data that n is counted in
/// @param seed           of the draw
@Cost(device = false, weight = 1)
@JsonTypeName("SelectPseudoLabels")
public record SelectPseudoLabelsStep(
        int revision,
        StepKey predictions,
        List<StepKey> earlier,
        double confidence,
        double sampleFraction,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        long seed)
        implements StepSpec {

    public SelectPseudoLabelsStep {
        Bounds.atLeast("revision", revision, 1);
        earlier = earlier.isEmpty() ? List.of() : Bounds.distinct("earlier", earlier);
        Bounds.within("confidence", confidence, 0, 1);
        Bounds.above("sampleFraction", sampleFraction, 0);
        languages = Bounds.names("languages", languages);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(List.of(new Input.StepOutput(predictions)));
        earlier.forEach(selection -> reads.add(new Input.StepOutput(selection)));
        reads.add(new Input.LabelledData(data, task.type(), languages, List.of("train")));
        return List.copyOf(reads);
    }
}
