package dev.isogloss.planner;

import dev.isogloss.api.CoTrainingRunSpec;
import dev.isogloss.api.Corpus;
import dev.isogloss.api.Data;
import dev.isogloss.api.Evaluate;
import dev.isogloss.api.TaskSpec;
import dev.isogloss.api.TransferExperimentSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the specs of all kinds have in common: what is learnt, from what, and what is measured.
record Subject(
        TaskSpec task, Data data, @Nullable Corpus corpus, String source, List<String> targets, Evaluate evaluate) {

    static Subject of(TransferExperimentSpec spec) {
        return new Subject(spec.task(), spec.data(), spec.corpus(), spec.source(), spec.targets(), spec.evaluate());
    }

    static Subject of(CoTrainingRunSpec spec) {
        return new Subject(spec.task(), spec.data(), spec.corpus(), spec.source(), spec.targets(), spec.evaluate());
    }
}
