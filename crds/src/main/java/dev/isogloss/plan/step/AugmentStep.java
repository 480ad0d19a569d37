package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.MaskedLanguageModelAugmentation;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskType;
import java.util.ArrayList;
import java.util.List;

/// Copies of a split's texts in which a masked language model has replaced some words. Labels are neither read nor
/// written.
///
/// @param generator the encoder whose masked-language-model head replaces words
@Cost(device = true, weight = 5)
@JsonTypeName("Augment")
public record AugmentStep(
        int revision,
        EncoderOrigin generator,
        TaskType task,
        DatasetIdentity data,
        String language,
        String split,
        MaskedLanguageModelAugmentation settings,
        int maxLength,
        Precision precision)
        implements StepSpec {

    public AugmentStep {
        Bounds.atLeast("revision", revision, 1);
        generator.requireMade("Augment");
        Bounds.notBlank("language", language);
        Bounds.notBlank("split", split);
        Bounds.atLeast("maxLength", maxLength, 1);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(generator.reads());
        reads.add(new Input.LabelledData(data, task, List.of(language), List.of(split)));
        return List.copyOf(reads);
    }
}
