package dev.isogloss.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.FineTune;
import dev.isogloss.api.Precision;
import dev.isogloss.api.TaskSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One step's work: everything that decides its result and nothing else (no location, no resources).
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface StepSpec
        permits StepSpec.Pretrain,
                StepSpec.Train,
                StepSpec.Evaluate,
                Adapt,
                AlignMeanings,
                Analyse,
                Ensemble,
                Rank,
                Label,
                Select,
                Choose {

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
    ///
    /// @param lessons what a training of a later round reads beside the gold labels; null, and left out of the key,
    ///     for all others
    /// @param bilingual translations that are learnt from beside the labelled texts; null, and left out of the key,
    ///     where there are none
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
            long seed,
            @Nullable Lessons lessons,
            @Nullable Bilingual bilingual)
            implements StepSpec {

        /// A training on gold labels alone.
        public Train(
                int revision,
                EncoderOrigin encoder,
                TaskSpec task,
                DatasetIdentity data,
                String source,
                FineTune settings,
                int maxLength,
                Precision precision,
                long seed) {
            this(revision, encoder, task, data, source, settings, maxLength, precision, seed, null, null);
        }

        @Override
        public Set<StepKey> inputs() {
            if (lessons == null) return encoder.inputs();
            Set<StepKey> inputs = new TreeSet<>(encoder.inputs());
            inputs.addAll(lessons.inputs());
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
