package dev.isogloss.report.benchmark;

import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.CandidateOutline;
import dev.isogloss.plan.step.SeedEvaluations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.Summary;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The scores of one system over its seeds, as far as they are there, by language; under `average` their mean over the
/// targets, which a seed counts in once all of its models are measured.
record SystemScores(Map<String, Statistics> byLanguage) {

    static SystemScores of(CandidateOutline system, BenchmarkOutline table, Map<StepKey, StepResult> results) {
        Map<String, List<Double>> values = new TreeMap<>();
        for (SeedEvaluations seed : system.measured()) {
            List<StepResult> there = seed.evaluations().stream()
                    .map(results::get)
                    .filter(Objects::nonNull)
                    .toList();
            Map<String, Double> languages = means(there, table);
            languages.forEach((language, value) -> add(values, language, value));
            List<Double> targets = languages.entrySet().stream()
                    .filter(each -> !each.getKey().equals(system.source()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (targets.size() > 1 && there.size() == seed.evaluations().size())
                add(values, Summary.AVERAGE, Statistics.of(targets).mean());
        }
        Map<String, Statistics> statistics = new TreeMap<>();
        values.forEach((language, scores) -> statistics.put(language, Statistics.of(scores)));
        return new SystemScores(statistics);
    }

    /// Of one seed: where each target has a model of its own, the source counts with the mean of them.
    private static Map<String, Double> means(List<StepResult> evaluations, BenchmarkOutline table) {
        Map<String, List<Double>> values = new TreeMap<>();
        for (StepResult result : evaluations)
            for (Score score : result.scores())
                if (score.metric() == table.metric() && score.split().equals(table.split()))
                    add(values, score.language(), score.value());
        Map<String, Double> means = new TreeMap<>();
        values.forEach(
                (language, scores) -> means.put(language, Statistics.of(scores).mean()));
        return means;
    }

    private static void add(Map<String, List<Double>> values, String language, double value) {
        values.computeIfAbsent(language, _ -> new ArrayList<>()).add(value);
    }
}
