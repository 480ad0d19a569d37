package dev.isogloss.plan.step;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts that models label for each other: a split of some languages, or its copies.
///
/// @param languages sorted
/// @param copies    the step that made copies of the split, which are the pool then; null, and left out of the key,
///     where the pool is the split itself
public record PoolIdentity(
        TaskType task,
        DatasetIdentity data,
        List<String> languages,
        String split,
        @Nullable StepKey copies) {
    static final String OTHERWISE =
            "It is the pool that models label: name another split under the strategy's poolSplit.";

    public PoolIdentity {
        languages = Bounds.names("languages", languages);
        Bounds.notBlank("split", split);
    }

    Input input() {
        return copies != null
                ? new Input.StepOutput(copies)
                : new Input.LabelledData(data, task, languages, List.of(split), OTHERWISE, null);
    }
}
