package dev.isogloss.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.Adaptation;
import dev.isogloss.api.FineTune;
import dev.isogloss.api.Iwda;
import dev.isogloss.api.Precision;
import dev.isogloss.api.TaskSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One step's work: everything that decides its result and nothing else (no location, no resources).
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface StepSpec {

    /// Raised by hand when a mended bug changes what this kind of step gives.
    int revision();

    /// The steps whose output this one reads.
    @JsonIgnore
    Set<StepKey> inputs();

    /// Masked-language modelling, from scratch or further.
    @JsonTypeName("Pretrain")
    record Pretrain(
            int revision,
            EncoderOrigin encoder,
            CorpusIdentity corpus,
            dev.isogloss.api.Pretrain settings,
            Precision precision,
            long seed)
            implements StepSpec {
        @Override
        public Set<StepKey> inputs() {
            return encoder.inputs();
        }
    }

    /// Supervised training of an encoder and a head.
    @JsonTypeName("Train")
    record Train(
            int revision,
            EncoderOrigin encoder,
            TaskSpec task,
            DatasetIdentity data,
            String source,
            FineTune settings,
            int maxLength,
            Precision precision,
            long seed)
            implements StepSpec {
        @Override
        public Set<StepKey> inputs() {
            return encoder.inputs();
        }
    }

    /// A trained model and one target language: whatever reads the source's labels and the target's texts.
    ///
    /// @param model the model that is adapted, or that teaches
    /// @param fresh the encoder that a method which starts anew starts from; null where it goes on from `model`
    @JsonTypeName("Adapt")
    record Adapt(
            int revision,
            StepKey model,
            @Nullable EncoderOrigin fresh,
            TaskSpec task,
            DatasetIdentity data,
            String source,
            String target,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
            @JsonSubTypes({@JsonSubTypes.Type(value = Iwda.class, name = "iwda")})
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

    /// One model, all asked languages and splits.
    @JsonTypeName("Evaluate")
    record Evaluate(
            int revision,
            StepKey model,
            TaskSpec task,
            DatasetIdentity data,
            List<String> languages,
            List<String> splits,
            int maxLength,
            Precision precision)
            implements StepSpec {
        @Override
        public Set<StepKey> inputs() {
            return Set.of(model);
        }
    }
}
