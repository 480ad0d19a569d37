package dev.isogloss.trainer.report;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.report.ComparedSystem;
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

    /// The last measured stage of the experiment that others are compared with.
    ///
    /// @throws InvalidInput if it was not measured yet
    static ComparedSystem baseline(Plan plan, Store store) {
        return StagePredictions.read(plan, null, SPLIT, store);
    }

    /// Experiments of other tasks, seeds or languages can stand in one report; they are not compared.
    static BaselineComparison of(ComparedSystem baseline, Plan plan, Store store) {
        try {
            ComparedSystem system = StagePredictions.read(plan, null, SPLIT, store);
            return new Compared(Comparison.of(baseline, system, SPLIT, RESAMPLES, name -> RandomStream.of(1, name)));
        } catch (InvalidInput different) {
            return new Incomparable(String.valueOf(different.getMessage()));
        }
    }
}
