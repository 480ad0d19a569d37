package dev.isogloss.plan;

import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.RankTranslationsStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// For each step of a plan the length of the longest path from its start to the end of the plan: what a scheduler
/// starts first finishes the whole soonest.
final class RemainingWork {
    private RemainingWork() {}

    static Map<StepKey, Long> of(Plan plan) {
        Map<StepKey, Long> after = new HashMap<>();
        Map<StepKey, Long> remaining = new HashMap<>();
        List<PlannedStep> steps = plan.steps();
        for (PlannedStep step : steps.reversed()) {
            long length = weight(step.spec()) + after.getOrDefault(step.key(), 0L);
            remaining.put(step.key(), length);
            step.inputs().forEach(input -> after.merge(input, length, Math::max));
        }
        return remaining;
    }

    /// Training takes many passes over many examples, measuring one over few, labelling one over many.
    private static long weight(StepSpec spec) {
        return switch (spec) {
            case PretrainStep _ -> 10;
            case TrainStep _ -> 10;
            case AdaptStep _ -> 10;
            case AnalyseStep _ -> 1;
            case EnsembleStep _ -> 1;
            case EvaluateStep _ -> 1;
            case RankTranslationsStep _ -> 10;
            case SemanticAlignmentStep _ -> 5;
            case PredictPoolStep _ -> 3;
            case SelectPseudoLabelsStep _ -> 1;
            case ChooseBestRoundStep _ -> 1;
        };
    }
}
