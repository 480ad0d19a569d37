package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Pretrain;
import java.util.Set;

/// Masked-language modelling, from scratch or further.
@JsonTypeName("Pretrain")
public record PretrainStep(
        int revision, EncoderOrigin encoder, CorpusIdentity corpus, Pretrain settings, Precision precision, long seed)
        implements StepSpec {
    @Override
    public Set<StepKey> inputs() {
        return encoder.inputs();
    }
}
