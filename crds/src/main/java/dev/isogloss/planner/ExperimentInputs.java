package dev.isogloss.planner;

import dev.isogloss.api.data.Corpus;
import dev.isogloss.api.data.Data;
import dev.isogloss.api.experiment.Evaluate;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part that specs of all kinds have in common: the task, the data and the measuring.
record ExperimentInputs(
        TaskSpec task, Data data, @Nullable Corpus corpus, String source, List<String> targets, Evaluate evaluate) {

    static ExperimentInputs of(TransferExperimentSpec spec) {
        return new ExperimentInputs(
                spec.task(), spec.data(), spec.corpus(), spec.source(), spec.targets(), spec.evaluate());
    }

    static ExperimentInputs of(CoTrainingRunSpec spec) {
        return new ExperimentInputs(
                spec.task(), spec.data(), spec.corpus(), spec.source(), spec.targets(), spec.evaluate());
    }
}
