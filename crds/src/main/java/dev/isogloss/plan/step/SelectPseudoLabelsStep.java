package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which of a model's labels are handed on: an even draw from those it is confident of, out of what its earlier
/// selections left of the pool.
///
/// @param label          the labels of this round
/// @param earlier        the same model's selections of the rounds before, first round first
/// @param confidence     a label counts as confident where the highest probability is greater
/// @param sampleFraction at most ⌊n · this⌋ are drawn; n is the number of examples of `languages`' training splits
/// @param data           the labelled data that n is counted in
/// @param seed           of the draw
@JsonTypeName("SelectPseudoLabels")
public record SelectPseudoLabelsStep(
        int revision,
        StepKey label,
        List<StepKey> earlier,
        double confidence,
        double sampleFraction,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        long seed)
        implements StepSpec {

    public SelectPseudoLabelsStep {
        earlier = List.copyOf(earlier);
    }

    @Override
    public Set<StepKey> inputs() {
        Set<StepKey> inputs = new TreeSet<>(earlier);
        inputs.add(label);
        return inputs;
    }
}
