package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import java.util.Set;

/// The second phase of language adaptation: a trained model goes on over translations alone.
///
/// @param model      what the first phase made
/// @param data       where labels of translated texts are looked up whose pairs have none, and what checkpoints are
///     scored on
/// @param languages  the labelled languages
/// @param bilingual  the translations of the first phase; without alignment
@JsonTypeName("SemanticAlignment")
public record SemanticAlignmentStep(
        int revision,
        StepKey model,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        TranslationInputs bilingual,
        SemanticAlignment settings,
        Selection selection,
        Optimiser optimiser,
        double dropout,
        int maxLength,
        Precision precision,
        long seed)
        implements StepSpec {
    @Override
    public Set<StepKey> inputs() {
        return Set.of(model);
    }
}
