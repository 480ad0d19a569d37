package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.Metric;
import java.util.List;

/// The best of several candidates, the first of equals, by the mean of their scores over languages, models and seeds.
/// What it chooses stands in its facts; the candidates are named by their places.
///
/// @param candidates the evaluations of each
/// @param languages  whose scores count, sorted
@Cost(device = false, weight = 1)
@JsonTypeName("ChooseCandidate")
public record ChooseCandidateStep(
        int revision, List<List<StepKey>> candidates, Metric metric, String split, List<String> languages)
        implements StepSpec {

    public ChooseCandidateStep {
        Bounds.atLeast("revision", revision, 1);
        candidates = Bounds.distinct("candidates", candidates).stream()
                .map(each -> Bounds.distinct("evaluations", each))
                .toList();
        if (candidates.size() < 2) throw new IllegalArgumentException("one candidate leaves nothing to choose");
        Bounds.notBlank("split", split);
        languages = Bounds.names("languages", languages);
    }

    @Override
    public List<Input> reads() {
        return candidates.stream()
                .flatMap(List::stream)
                .distinct()
                .<Input>map(Input.StepOutput::new)
                .toList();
    }
}
