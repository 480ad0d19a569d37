package dev.isogloss.trainer.report;

import dev.isogloss.api.task.Metric;
import dev.isogloss.report.Comparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /// @param adjustment  what is done to p, in words
    /// @param differences of the stage to the baseline by language, `average` last
    record StageComparison(
            MeasuredStage baseline,
            MeasuredStage stage,
            Metric metric,
            String split,
            String adjustment,
            Map<String, StageDifference> differences) {

        /// @param comparison of the baseline (A) and the stage (B)
        static StageComparison of(MeasuredStage baseline, MeasuredStage stage, Comparison comparison) {
            Map<String, StageDifference> differences = new LinkedHashMap<>();
            comparison
                    .rows()
                    .forEach((language, row) -> differences.put(
                            language,
                            new StageDifference(
                                    row.difference(),
                                    row.low(),
                                    row.high(),
                                    comparison.adjusted().getOrDefault(language, row.pRandomisation()))));
            return new StageComparison(
                    baseline,
                    stage,
                    comparison.metric(),
                    comparison.split(),
                    "adjusted for the number of languages (Holm)",
                    differences);
        }
    }

    /// @param value the stage's score less the baseline's
    /// @param low   lower end of the 95 % interval of the difference
    /// @param p     of approximate randomisation, as it is adjusted
    record StageDifference(double value, double low, double high, double p) {}

    /// A stage by its name in an experiment.
    record MeasuredStage(ReportedExperiment experiment, String name) {
        /// With the experiment.
        String title() {
            return experiment.name() + " " + name;
        }
    }
}
