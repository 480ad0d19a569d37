package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.RankTranslations;
import java.util.Set;

/// Translation ranking: an encoder becomes one of sentence vectors.
///
/// @param corpus whose pairs are read; its languages are those of the translations
@JsonTypeName("RankTranslations")
public record RankTranslationsStep(
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
