package dev.isogloss.summary;

import dev.isogloss.api.Metric;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Score;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepResult;
import dev.isogloss.plan.StepSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The scores of a plan over its seeds, as far as they are there: by stage, split, metric and language; the source
/// language first, the average over the targets last.
public record Summary(List<Row> rows) {
    /// Where the row of the targets' average has its language.
    public static final String AVERAGE = "average";

    public Summary {
        rows = List.copyOf(rows);
    }

    private record Series(String stage, String split, Metric metric) {}

    /// @param results of whatever steps are done; only measuring steps have scores
    public static Summary of(Plan plan, Map<StepKey, StepResult> results) {
        String source = source(plan);
        Map<Series, Map<String, List<Double>>> values = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps()) {
            StepResult result = results.get(step.key());
            if (result == null || isInBetween(step)) continue;
            Map<Series, List<Double>> targets = new LinkedHashMap<>();
            for (Score score : result.scores()) {
                Series series = new Series(step.stage(), score.split(), score.metric());
                add(values, series, score.language(), score.value());
                if (!score.language().equals(source))
                    targets.computeIfAbsent(series, _ -> new ArrayList<>()).add(score.value());
            }
            targets.forEach((series, scores) -> {
                if (scores.size() > 1)
                    add(values, series, AVERAGE, Statistics.of(scores).mean());
            });
        }
        return new Summary(rows(values, source));
    }

    private static void add(
            Map<Series, Map<String, List<Double>>> values, Series series, String language, double value) {
        values.computeIfAbsent(series, _ -> new TreeMap<>())
                .computeIfAbsent(language, _ -> new ArrayList<>())
                .add(value);
    }

    /// Of a run's rounds the table shows what it began with and what it ended in.
    private static boolean isInBetween(PlannedStep step) {
        return !step.rounds().isEmpty()
                && step.rounds().stream()
                        .noneMatch(round -> round.number() == 1 || round.model().equals(step.stage()));
    }

    static String source(Plan plan) {
        return plan.steps().stream()
                .map(PlannedStep::spec)
                .filter(StepSpec.Train.class::isInstance)
                .map(step -> ((StepSpec.Train) step).source())
                .findFirst()
                .orElse("");
    }

    private static List<Row> rows(Map<Series, Map<String, List<Double>>> values, String source) {
        List<String> stages =
                values.keySet().stream().map(Series::stage).distinct().toList();
        List<Row> rows = new ArrayList<>();
        values.forEach((series, languages) -> languages.forEach((language, scores) -> {
            Statistics over = Statistics.of(scores);
            rows.add(new Row(
                    series.stage(),
                    language,
                    series.split(),
                    series.metric(),
                    over.mean(),
                    over.std(),
                    over.ci95(),
                    over.n()));
        }));
        rows.sort(Comparator.comparingInt((Row row) -> stages.indexOf(row.stage()))
                .thenComparing(Row::split)
                .thenComparing(Row::metric)
                .thenComparingInt(row ->
                        row.language().equals(source) ? 0 : row.language().equals(AVERAGE) ? 2 : 1)
                .thenComparing(Row::language));
        return rows;
    }
}
