package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Supervised training of an encoder and a head.
///
/// @param pseudoLabels what a training of a later round reads beside the gold labels; null, and left out of the key,
///     for all others
/// @param translations translations that are learnt from beside the labelled texts; null, and left out of the key,
///     where there are none
/// @param robust       how the training is made robust; null, and left out of the key, for plain ones
@Cost(device = true, weight = 10)
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
        @Nullable PseudoLabelInputs pseudoLabels,
        @Nullable TranslationInputs translations,
        @Nullable RobustInputs robust)
        implements StepSpec {

    /// For users whose training split has an example without a label.
    public static final String UNLABELLED = "The split is to be learnt from: label the example, or remove the line.";

    public TrainStep {
        Bounds.atLeast("revision", revision, 1);
        encoder.requireMade("Train");
        Bounds.notBlank("source", source);
        Bounds.atLeast("maxLength", maxLength, 1);
    }

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
        this(revision, encoder, task, data, source, settings, maxLength, precision, seed, null, null, null);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(encoder.reads());
        reads.add(labelled());
        if (settings.selection().isScored())
            reads.add(Input.LabelledData.of(settings.selection(), languages(), data, task));
        if (translations != null) reads.add(new Input.Translations(translations.corpus()));
        if (pseudoLabels != null) reads.addAll(pseudoLabels.reads());
        if (robust != null && robust.dictionary() != null) reads.add(new Input.Dictionary(robust.dictionary()));
        return List.copyOf(reads);
    }

    @Override
    public Optional<Input.LabelledData> learnsFrom() {
        return Optional.of(labelled());
    }

    private Input.LabelledData labelled() {
        return new Input.LabelledData(data, task.type(), languages(), List.of("train")).learnt(task, UNLABELLED);
    }

    private List<String> languages() {
        return settings.languages() == null ? List.of(source) : settings.languages();
    }

    @Override
    public Optional<StepKey> startsFrom() {
        return encoder.step();
    }
}
