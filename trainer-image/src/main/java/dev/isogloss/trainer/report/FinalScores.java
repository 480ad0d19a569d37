package dev.isogloss.trainer.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.report.PeerStages;
import dev.isogloss.report.Summary;
import dev.isogloss.report.SummaryRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The scores that an experiment ends with, by its main metric and on the split that stands for it: in each language
/// those of the last stage that the plan measures in it. A stage before that does not stand in for it while it lacks
/// results: experiments half done would be compared with whole ones.
final class FinalScores {
    private FinalScores() {}

    /// @return by language in the table's order; the average over the targets last, where one stage is for all
    static Map<String, SummaryRow> of(ReportedExperiment experiment) {
        Map<String, String> last = lastStages(experiment.plan());
        String source = experiment.spec().path("source").asText();
        Set<String> ofTargets = new HashSet<>(last.values());
        if (last.size() > 1) {
            Map<String, String> targets = new HashMap<>(last);
            targets.remove(source);
            ofTargets.retainAll(targets.values());
        }
        if (ofTargets.size() == 1)
            last.put(Summary.AVERAGE, ofTargets.iterator().next());
        Map<String, SummaryRow> scores = new LinkedHashMap<>();
        SummaryRow best = experiment.summary().best();
        for (SummaryRow row : experiment.summary().rows())
            if (best != null
                    && row.metric() == best.metric()
                    && row.split().equals(best.split())
                    && row.stage().equals(last.get(row.language()))) scores.put(row.language(), row);
        return scores;
    }

    private static Map<String, String> lastStages(Plan plan) {
        Map<String, String> last = new HashMap<>();
        for (PlannedStep step : plan.steps())
            for (String language : measured(step)) {
                if (step.rounds().isEmpty()) last.put(language, step.stage());
                for (Round round : step.rounds())
                    if (round.isFinal()
                            && (round.target() == null || round.target().equals(language)))
                        last.put(language, round.stage());
            }
        PeerStages.of(plan)
                .stages()
                .forEach((mean, models) -> last.replaceAll((_, stage) -> models.contains(stage) ? mean : stage));
        return last;
    }

    private static List<String> measured(PlannedStep step) {
        return step.spec() instanceof EvaluateStep evaluation
                ? evaluation.languages()
                : step.spec() instanceof EnsembleStep ensemble ? ensemble.languages() : List.of();
    }
}
