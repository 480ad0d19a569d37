package dev.isogloss.plan.step;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.Metric;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What sets a system apart from a baseline on the same examples, language by language and in the mean over some of
/// them: what `isogloss compare` says of two experiments.
///
/// @param languages that both were measured on, sorted
/// @param averaged  those whose mean is compared as well, sorted; none, or two and more
/// @param resamples of bootstrap and randomisation
/// @param seed      of both
@Cost(device = false, weight = 1)
@JsonTypeName("Compare")
public record CompareStep(
        int revision,
        ComparedSide baseline,
        ComparedSide system,
        Metric metric,
        String split,
        List<String> languages,
        List<String> averaged,
        int resamples,
        long seed)
        implements StepSpec {

    public CompareStep {
        Bounds.atLeast("revision", revision, 1);
        if (metric == Metric.MacroF1)
            throw new IllegalArgumentException("single examples have no share of MacroF1; compare by Accuracy");
        Bounds.notBlank("split", split);
        languages = Bounds.names("languages", languages);
        averaged = List.copyOf(averaged);
        if (averaged.size() == 1 || !languages.containsAll(averaged))
            throw new IllegalArgumentException("a mean is one over two languages at least, of " + languages);
        Bounds.atLeast("resamples", resamples, 1);
    }

    @Override
    public List<Input> reads() {
        List<Input> reads = new ArrayList<>(baseline.reads());
        reads.addAll(system.reads());
        return List.copyOf(new LinkedHashSet<>(reads));
    }
}
