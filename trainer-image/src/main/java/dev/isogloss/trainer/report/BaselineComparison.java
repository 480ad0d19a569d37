package dev.isogloss.trainer.report;

import dev.isogloss.report.Comparison;
import java.util.List;

/// What sets an experiment apart from a baseline, on the same test examples.
public sealed interface BaselineComparison {

    /// @param stages of the experiment that are compared, one or more
    record Compared(List<StageComparison> stages) implements BaselineComparison {
        public Compared {
            stages = List.copyOf(stages);
        }
    }

    /// @param why not, a sentence
    record Incomparable(String why) implements BaselineComparison {}

    /// An experiment that no baseline was named for, or the baseline itself.
    record None() implements BaselineComparison {}

    /// @param comparison of the baseline (A) and the stage (B)
    record StageComparison(MeasuredStage baseline, MeasuredStage stage, Comparison comparison) {}

    /// A stage by its name in an experiment.
    record MeasuredStage(ReportedExperiment experiment, String name) {}
}
