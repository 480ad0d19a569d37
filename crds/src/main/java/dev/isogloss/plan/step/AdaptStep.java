package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.api.task.TaskSpec;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A trained model and one target language: whatever reads the source's labels and the target's texts.
///
/// @param model    the model that is adapted, or that teaches
/// @param fresh    the encoder that a method which starts anew starts from; null where it goes on from `model`
/// @param settings the method's, under its name: `{"iwda": {...}}`
@JsonTypeName("Adapt")
public record AdaptStep(
        int revision,
        StepKey model,
        @Nullable EncoderOrigin fresh,
        TaskSpec task,
        DatasetIdentity data,
        String source,
        String target,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
        @JsonSubTypes({
            @JsonSubTypes.Type(value = Iwda.class, name = "iwda"),
            @JsonSubTypes.Type(value = Distill.class, name = "distill"),
            @JsonSubTypes.Type(value = SelfTrain.class, name = "selfTrain"),
            @JsonSubTypes.Type(value = AdversarialAlign.class, name = "adversarialAlign")
        })
        TargetAdaptation settings,

        int maxLength,
        Precision precision,
        long seed)
        implements StepSpec {
    @Override
    public Set<StepKey> inputs() {
        Set<StepKey> inputs = new TreeSet<>(Set.of(model));
        if (fresh != null) inputs.addAll(fresh.inputs());
        return inputs;
    }
}
