package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.RankTranslations;
import dev.isogloss.api.schema.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Translation ranking: an encoder becomes one of sentence vectors.
///
/// @param corpus whose pairs are read; its languages are those of the translations
@Cost(device = true, weight = 10)
@JsonTypeName("RankTranslations")
public record RankTranslationsStep(
        int revision,
        EncoderOrigin encoder,
        CorpusIdentity corpus,
        RankTranslations settings,
        Precision precision,
        long seed)
        implements StepSpec {

    public RankTranslationsStep {
        Bounds.atLeast("revision", revision, 1);
        encoder.requireMade("RankTranslations");
        if (!corpus.pairs())
            throw new IllegalArgumentException(
                    "corpus %s is planned without its pairs, and translations are ranked".formatted(corpus.name()));
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(encoder.reads());
        reads.add(new Input.Translations(corpus));
        return List.copyOf(reads);
    }

    @Override
    public Optional<StepKey> startsFrom() {
        return encoder.step();
    }
}
