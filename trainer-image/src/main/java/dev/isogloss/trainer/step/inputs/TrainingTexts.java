package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.StepInputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The labelled texts behind a model: the training splits of the step that made it, and of those that this one built
/// on.
public final class TrainingTexts {
    private TrainingTexts() {}

    /// A split of one language, cut as the training has it: the step that evaluates knows its own cuts alone. Steps
    /// that learn from the same one have it once.
    private record Learnt(DatasetIdentity data, TaskType task, String language, String split) {
        Split read(StepInputs inputs) {
            return new LabelledData(data, task, inputs).unspoken(language, split);
        }
    }

    /// @return what can still be read; a note says what cannot
    public static List<Split> splits(StepKey model, StepInputs inputs) {
        List<Split> splits = new ArrayList<>();
        for (Learnt learnt : learnt(model, inputs)) {
            try {
                splits.add(learnt.read(inputs));
            } catch (InvalidInput unreadable) {
                inputs.journal()
                        .note("Whether texts were trained on cannot be told for %s %s: %s"
                                .formatted(learnt.split(), learnt.language(), unreadable.getMessage()));
            }
        }
        return splits;
    }

    private static Set<Learnt> learnt(StepKey model, StepInputs inputs) {
        Set<Learnt> learnt = new LinkedHashSet<>();
        Optional<StepSpec> spec = spec(model, inputs);
        while (spec.isPresent()) {
            spec.get().learnsFrom().ifPresent(read -> {
                for (String language : read.languages())
                    for (String split : read.splits())
                        learnt.add(new Learnt(read.data().only(language, split), read.task(), language, split));
            });
            spec = spec.get().startsFrom().flatMap(before -> spec(before, inputs));
        }
        return learnt;
    }

    /// Empty where a newer version wrote it: the count is a service, not worth an evaluation.
    private static Optional<StepSpec> spec(StepKey key, StepInputs inputs) {
        try {
            return Optional.of(inputs.spec(key));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
