package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The second phase of language adaptation: a trained model goes on over translations alone.
///
/// @param model        the model of the first phase
/// @param data         where labels of translated texts are looked up whose pairs have none, and what checkpoints are
///     scored on
/// @param languages    the labelled languages
/// @param translations those of the first phase; without alignment
@Cost(device = true, weight = 5)
@JsonTypeName("SemanticAlignment")
public record SemanticAlignmentStep(
        int revision,
        StepKey model,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        TranslationInputs translations,
        SemanticAlignment settings,
        Selection selection,
        Optimiser optimiser,
        double dropout,
        int maxLength,
        Precision precision,
        long seed)
        implements StepSpec {

    public SemanticAlignmentStep {
        Bounds.atLeast("revision", revision, 1);
        languages = Bounds.names("languages", languages);
        if (translations.alignment() != null)
            throw new IllegalArgumentException("labels are aligned in the first phase; leave alignment out");
        Bounds.atLeast("maxLength", maxLength, 1);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(
                List.of(new Input.StepOutput(model), labelled(), new Input.Translations(translations.corpus())));
        if (selection.isScored()) reads.add(Input.LabelledData.of(selection, languages, data, task));
        return List.copyOf(reads);
    }

    @Override
    public Optional<Input.LabelledData> learnsFrom() {
        return Optional.of(labelled());
    }

    private Input.LabelledData labelled() {
        return new Input.LabelledData(data, task.type(), languages, List.of("train"));
    }

    @Override
    public Optional<StepKey> startsFrom() {
        return Optional.of(model);
    }
}
