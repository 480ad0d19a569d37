package dev.isogloss.plan;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.Optimiser;
import dev.isogloss.api.Precision;
import dev.isogloss.api.Selection;
import dev.isogloss.api.SemanticAlignment;
import dev.isogloss.api.TaskSpec;
import java.util.List;
import java.util.Set;

/// The second phase of language adaptation: a trained model goes on over translations alone.
///
/// @param model      what the first phase made
/// @param data       where labels of translated texts are looked up whose pairs have none, and what checkpoints are
///     scored on
/// @param languages  the labelled languages
/// @param bilingual  the translations of the first phase; without alignment
@JsonTypeName("AlignMeanings")
public record AlignMeanings(
        int revision,
        StepKey model,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        Bilingual bilingual,
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
