package dev.isogloss.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.Adaptation;
import dev.isogloss.api.AdversarialAlign;
import dev.isogloss.api.Distill;
import dev.isogloss.api.Iwda;
import dev.isogloss.api.Precision;
import dev.isogloss.api.SelfTrain;
import dev.isogloss.api.TaskSpec;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A trained model and one target language: whatever reads the source's labels and the target's texts.
///
/// @param model    the model that is adapted, or that teaches
/// @param fresh    the encoder that a method which starts anew starts from; null where it goes on from `model`
/// @param settings the method's, under its name: `{"iwda": {...}}`
@JsonTypeName("Adapt")
public record Adapt(
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
        Adaptation settings,

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
