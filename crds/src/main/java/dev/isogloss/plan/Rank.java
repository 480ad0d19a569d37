package dev.isogloss.plan;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.Precision;
import dev.isogloss.api.RankTranslations;
import java.util.Set;

/// Translation ranking: an encoder becomes one of sentence vectors.
///
/// @param corpus whose pairs are read; its languages are those of the translations
@JsonTypeName("Rank")
public record Rank(
        int revision,
        EncoderOrigin encoder,
        CorpusIdentity corpus,
        RankTranslations settings,
        Precision precision,
        long seed)
        implements StepSpec {
    @Override
    public Set<StepKey> inputs() {
        return encoder.inputs();
    }
}
