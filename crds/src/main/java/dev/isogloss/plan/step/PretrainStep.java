package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.schema.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Masked-language modelling, from scratch or further.
@Cost(device = true, weight = 10)
@JsonTypeName("Pretrain")
public record PretrainStep(
        int revision, EncoderOrigin encoder, CorpusIdentity corpus, Pretrain settings, Precision precision, long seed)
        implements StepSpec {
    /// Of vocabularies above this, losses of hidden words are added up a part of a batch at a time: in another order,
    /// so with other bits, which the step's revision says.
    public static final int LARGE_VOCABULARY = 1 << 16;

    public PretrainStep {
        Bounds.atLeast("revision", revision, 1);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(encoder.reads());
        reads.add(new Input.PlainText(corpus, languages()));
        if (corpus.pairs()) reads.add(new Input.Translations(corpus));
        return List.copyOf(reads);
    }

    /// Whose text is read.
    public List<String> languages() {
        return settings.languages() == null ? corpus.languages() : settings.languages();
    }

    @Override
    public Optional<StepKey> startsFrom() {
        return encoder.step();
    }
}
