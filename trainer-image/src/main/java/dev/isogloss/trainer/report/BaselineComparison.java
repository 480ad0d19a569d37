package dev.isogloss.trainer.report;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.report.Comparison;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.store.Store;

/// What sets an experiment apart from another one, on the same test examples: of each the last stage that was measured.
public sealed interface BaselineComparison {

    /// @param comparison of the baseline (A) and the experiment (B)
    record Compared(Comparison comparison) implements BaselineComparison {}

    /// @param why not, a sentence
    record Incomparable(String why) implements BaselineComparison {}

    /// An experiment that no baseline was named for, or the baseline itself.
    record None() implements BaselineComparison {}

    String SPLIT = "test";
    int RESAMPLES = 10000;

    /// Experiments of other tasks, seeds or languages can stand in one report; they are not compared.
    static BaselineComparison of(Plan baseline, Store ofBaseline, Plan plan, Store store) {
        try {
            return new Compared(Comparison.of(
                    StagePredictions.read(baseline, null, SPLIT, ofBaseline),
                    StagePredictions.read(plan, null, SPLIT, store),
                    SPLIT,
                    RESAMPLES,
                    name -> RandomStream.of(1, name)));
        } catch (InvalidInput different) {
            return new Incomparable(String.valueOf(different.getMessage()));
        }
    }
}
