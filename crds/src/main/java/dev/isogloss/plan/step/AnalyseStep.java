package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Models side by side: how their features differ between languages, and how their scores go with that. Trains nothing.
///
/// @param models    of one seed, in the order of their stages; the first stage is what others are compared with
/// @param data      training split of the source (for its prior), and the splits looked at
/// @param languages targets, sorted
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
        Precision precision)
        implements StepSpec {

    /// A model, and the step that scored it.
    ///
    /// @param stage     as tables call it
    /// @param languages the targets it is for
    public record AnalysedModel(String stage, StepKey model, StepKey measured, List<String> languages) {}

    @Override
    public Set<StepKey> inputs() {
        Set<StepKey> inputs = new TreeSet<>();
        models.forEach(studied -> inputs.addAll(List.of(studied.model(), studied.measured())));
        return inputs;
    }
}
