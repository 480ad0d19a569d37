package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.schema.Bounds;
import java.util.List;
import java.util.stream.Stream;

/// The best of several models by their selection scores, the first of equals; its scores are this step's.
///
/// @param models      the trainings to choose from
/// @param evaluations of each, in the same order
@Cost(device = false, weight = 1)
@JsonTypeName("ChooseBestRound")
public record ChooseBestRoundStep(int revision, List<StepKey> models, List<StepKey> evaluations) implements StepSpec {

    public ChooseBestRoundStep {
        Bounds.atLeast("revision", revision, 1);
        models = Bounds.some("models", models);
        evaluations = Bounds.some("evaluations", evaluations);
        if (models.size() != evaluations.size())
            throw new IllegalArgumentException("there are %d models and %d evaluations; give every model one"
                    .formatted(models.size(), evaluations.size()));
    }

    @Override
    public List<Input> reads() {
        return Stream.concat(models.stream(), evaluations.stream())
                .<Input>map(Input.StepOutput::new)
                .toList();
    }
}
