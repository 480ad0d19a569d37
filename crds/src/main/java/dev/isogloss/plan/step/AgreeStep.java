package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.method.LabelAgreement;
import dev.isogloss.api.schema.Bounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The labels that two models hand to a third one: of each the labels that it is to be trusted with, and of these what
/// both say (Bari et al., ACL 2021, section 3.3). Nothing is drawn.
///
/// @param predictions of the two models on the pool, sorted, so that it does not matter who is asked first
/// @param pool        what they labelled
/// @param fraction    η: the share of each model's labels that is kept, the most confident first; null with `posterior`
/// @param posterior   a label is kept where it is of the clean component, of a mixture of two on the losses, with a
///     greater probability than this; null with `fraction`
@Cost(device = false, weight = 1)
@JsonTypeName("Agree")
public record AgreeStep(
        int revision,
        List<StepKey> predictions,
        PoolIdentity pool,
        @Nullable Double fraction,
        @Nullable Double posterior,
        LabelAgreement agreement)
        implements StepSpec {

    public AgreeStep {
        Bounds.atLeast("revision", revision, 1);
        predictions = Bounds.distinct("predictions", predictions);
        if (predictions.size() != 2) throw new IllegalArgumentException("two models agree, not " + predictions.size());
        if ((fraction == null) == (posterior == null))
            throw new IllegalArgumentException("labels are kept either by a fraction or by a posterior");
        if (fraction != null) Bounds.within("fraction", fraction, 0, 1);
        if (posterior != null) Bounds.within("posterior", posterior, 0, 1);
    }

    @Override
    public List<Input> reads() {
        return List.of(
                new Input.StepOutput(predictions.getFirst()),
                new Input.StepOutput(predictions.getLast()),
                pool.input());
    }
}
