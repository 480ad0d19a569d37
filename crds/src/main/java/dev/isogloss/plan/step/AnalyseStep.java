package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.json.LeftOutAt;
import java.util.ArrayList;
import java.util.List;

/// Models side by side: how their features differ between languages, and how their scores go with that. Trains nothing.
///
/// @param models    of one seed, in the order of their stages; the first stage is what others are compared with
/// @param data      training split of the source (for its prior), and the splits looked at
/// @param languages targets, sorted
@Cost(device = false, weight = 1)
@JsonTypeName("Analyse")
public record AnalyseStep(
        int revision,
        List<AnalysedModel> models,
        TaskSpec task,
        DatasetIdentity data,
        String source,
        List<String> languages,
        List<String> splits,
        int maxExamples,
        int maxLength,
        Precision precision,
        @LeftOutAt("false") boolean kernelMmd,
        @LeftOutAt("false") boolean linearCka)
        implements StepSpec {

    /// For users whose split has an example without a label.
    public static final String UNLABELLED =
            "Shifts are taken class by class: label the split, or leave it out of analyse.splits.";

    public AnalyseStep {
        Bounds.atLeast("revision", revision, 1);
        models = Bounds.distinct("models", models);
        Bounds.notBlank("source", source);
        languages = Bounds.names("languages", languages);
        splits = Bounds.names("splits", splits);
        Bounds.atLeast("maxExamples", maxExamples, 1);
        Bounds.atLeast("maxLength", maxLength, 1);
    }

    /// A model, and the step that scored it.
    ///
    /// @param stage     as tables call it
    /// @param languages the targets it is for
    public record AnalysedModel(String stage, StepKey model, StepKey evaluation, List<String> languages) {
        public AnalysedModel {
            Bounds.notBlank("stage", stage);
            languages = Bounds.names("languages", languages);
        }
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>();
        for (AnalysedModel each : models) {
            reads.add(new Input.StepOutput(each.model()));
            reads.add(new Input.StepOutput(each.evaluation()));
        }
        reads.add(new Input.LabelledData(data, task.type(), List.of(source), List.of("train")));
        reads.add(new Input.LabelledData(data, task.type(), List.of(source), splits).known(task, UNLABELLED));
        reads.add(new Input.LabelledData(data, task.type(), languages, splits).known(task, UNLABELLED));
        return List.copyOf(reads);
    }
}
