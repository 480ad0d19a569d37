package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.TaskSpec;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Supervised training of an encoder and a head.
///
/// @param lessons what a training of a later round reads beside the gold labels; null, and left out of the key,
///     for all others
/// @param bilingual translations that are learnt from beside the labelled texts; null, and left out of the key,
///     where there are none
@JsonTypeName("Train")
public record TrainStep(
        int revision,
        EncoderOrigin encoder,
        TaskSpec task,
        DatasetIdentity data,
        String source,
        FineTune settings,
        int maxLength,
        Precision precision,
        long seed,
        @Nullable PseudoLabelInputs lessons,
        @Nullable TranslationInputs bilingual)
        implements StepSpec {

    /// A training on gold labels alone.
    public TrainStep(
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
