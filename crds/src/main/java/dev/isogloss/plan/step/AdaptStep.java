package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A trained model and one target language, for every method that reads the source's labels and the target's texts.
///
/// @param model    the model that is adapted, or that teaches
/// @param encoder  the encoder that a method which starts anew starts from; null where it goes on from `model`
/// @param settings the method's, under its name: `{"iwda": {...}}`
@Cost(device = true, weight = 10)
@JsonTypeName("Adapt")
public record AdaptStep(
        int revision,
        StepKey model,
        @Nullable EncoderOrigin encoder,
        TaskSpec task,
        DatasetIdentity data,
        String source,
        String target,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
        TargetAdaptation settings,

        int maxLength,
        Precision precision,
        long seed)
        implements StepSpec {

    /// For users whose training split has an example without a label.
    public static final String UNLABELLED =
            "The source language is learnt from: label the example, or remove the line.";

    public AdaptStep {
        Bounds.atLeast("revision", revision, 1);
        Bounds.notBlank("source", source);
        Bounds.notBlank("target", target);
        Bounds.atLeast("maxLength", maxLength, 1);
        if (startsAnew(settings) != (encoder != null))
            throw new IllegalArgumentException("Adapt by %s %s"
                    .formatted(
                            settings.method(),
                            encoder == null
                                    ? "trains a new model and needs the encoder that it starts from"
                                    : "goes on from its model; leave encoder out"));
        if (encoder != null) encoder.requireMade("Adapt");
    }

    /// True for methods that train a new model, from an encoder that knows no task.
    public static boolean startsAnew(TargetAdaptation settings) {
        return switch (settings) {
            case Iwda _, AdversarialAlign _ -> false;
            case Distill _ -> true;
            case SelfTrain self -> self.restart();
        };
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(List.of(new Input.StepOutput(model), labelled()));
        if (encoder != null) reads.addAll(encoder.reads());
        reads.add(new Input.LabelledData(data, task.type(), List.of(target), List.of(settings.unlabelledSplit()))
                .known(task, null));
        if (settings.isScored()) reads.add(Input.LabelledData.of(settings.selection(), List.of(source), data, task));
        return List.copyOf(reads);
    }

    @Override
    public Optional<Input.LabelledData> learnsFrom() {
        return Optional.of(labelled());
    }

    private Input.LabelledData labelled() {
        return new Input.LabelledData(data, task.type(), List.of(source), List.of("train")).known(task, UNLABELLED);
    }

    @Override
    public Optional<StepKey> startsFrom() {
        return Optional.of(model);
    }
}
