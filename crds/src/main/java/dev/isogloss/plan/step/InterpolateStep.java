package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Interpolate.Parameters;
import dev.isogloss.api.method.InterpolationLine;
import dev.isogloss.api.method.InterpolationPlane;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scores of models between three that were trained from one encoder and one head, and how the three lie. Trains
/// nothing, and draws nothing: it has no seed.
///
/// @param source     the model that learnt the source
/// @param target     the model that learnt the target
/// @param both       the model that learnt both
/// @param data       the split that is scored
/// @param languages  source and target, sorted
/// @param line       coefficients from `source` and from `target` to `both`, ascending; null, and left out of the key,
///     where a plane is measured
/// @param plane      coefficients from `both` to `source` and to `target`, ascending; null where lines are measured
/// @param precision  of the encoder; weights are blended in 32 bits
@Cost(device = true, weight = 5)
@JsonTypeName("Interpolate")
public record InterpolateStep(
        int revision,
        StepKey source,
        StepKey target,
        StepKey both,
        TaskSpec task,
        DatasetIdentity data,
        List<String> languages,
        String split,
        Parameters parameters,
        @Nullable List<Double> line,
        @Nullable List<Double> plane,
        int maxExamples,
        int maxLength,
        Precision precision)
        implements StepSpec {

    /// For users whose split has an example without a label.
    public static final String UNLABELLED =
            "Models between others are scored by its labels: label the split, or name another under interpolate.split.";

    public InterpolateStep {
        Bounds.atLeast("revision", revision, 1);
        Bounds.distinct("models", List.of(source, target, both));
        languages = Bounds.names("languages", languages);
        if (languages.size() != 2)
            throw new IllegalArgumentException("Interpolate scores source and target, not " + languages);
        Bounds.notBlank("split", split);
        if ((line == null) == (plane == null))
            throw new IllegalArgumentException("Interpolate measures lines or a plane; give coefficients of one");
        if (line != null) line = coefficients("line", line, InterpolationLine.MOST);
        if (plane != null) plane = coefficients("plane", plane, InterpolationPlane.MOST);
        Bounds.atLeast("maxExamples", maxExamples, 1);
        Bounds.atLeast("maxLength", maxLength, 1);
    }

    private static List<Double> coefficients(String field, List<Double> given, int most) {
        List<Double> all = Bounds.distinct(field, given);
        Bounds.within(field + ".size", all.size(), 1, most);
        for (double each : all) Bounds.within(field, each, -InterpolationLine.BOUND, InterpolationLine.BOUND);
        return all;
    }

    /// The three models, in the order of the components.
    public List<StepKey> models() {
        return List.of(source, target, both);
    }

    @Override
    public List<Input> reads() {
        return List.of(
                new Input.StepOutput(source),
                new Input.StepOutput(target),
                new Input.StepOutput(both),
                new Input.LabelledData(data, task.type(), languages, List.of(split)).known(task, UNLABELLED));
    }
}
