package dev.isogloss.report;

import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The scores of a plan over its seeds, as far as they are there: by stage, split, metric and language; the source
/// language first, the average over the targets last.
///
/// @param best the highest headline score of a stage: of the averages over the targets; before there is one, of single
///             targets; of the source where no target is measured
/// @param targets the languages that stages are for, of those whose models are for one
public record Summary(List<SummaryRow> rows, @Nullable SummaryRow best, Map<String, String> targets) {
    /// The word in place of a language in the row of the targets' average.
    public static final String AVERAGE = "average";

    public Summary {
        rows = List.copyOf(rows);
        targets = Map.copyOf(targets);
    }

    /// True of the row that stands for all of its stage: that of the target that its models are for, else the average.
    public boolean isHeadline(SummaryRow row) {
        return row.language().equals(targets.getOrDefault(row.stage(), AVERAGE));
    }

    private record Series(String stage, String split, Metric metric) {}

    /// @param results of the steps that are done; only measuring steps have scores
    public static Summary of(Plan plan, Map<StepKey, StepResult> results) {
        String source = source(plan);
        int first = plan.steps().stream()
                .flatMap(step -> step.rounds().stream())
                .mapToInt(Round::number)
                .min()
                .orElse(0);
        Map<Series, Map<Optional<Long>, Map<String, List<Double>>>> scores = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps()) {
            StepResult result = results.get(step.key());
            if (result == null) continue;
            for (String stage : stages(step, first))
                for (Score score : result.scores())
                    scores.computeIfAbsent(new Series(stage, score.split(), score.metric()), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(Optional.ofNullable(step.seed()), _ -> new TreeMap<>())
                            .computeIfAbsent(score.language(), _ -> new ArrayList<>())
                            .add(score.value());
        }
        Map<Series, Map<String, List<Double>>> values = new LinkedHashMap<>();
        scores.forEach((series, seeds) -> seeds.forEach((seed, languages) ->
                add(values, series, languages, source, isWhole(plan, results, series.stage(), seed))));
        PeerStages peers = PeerStages.of(plan);
        peers.stages().forEach((all, members) -> addMean(all, members, scores, values, source));
        List<SummaryRow> rows = rows(values, peers, source);
        Map<String, String> targets = targets(plan);
        peers.stages().forEach((all, members) -> {
            String target = targets.get(members.getFirst());
            if (target != null) targets.put(all, target);
        });
        return new Summary(rows, scores.isEmpty() ? null : best(rows, scores.keySet(), targets, source), targets);
    }

    /// @param measured in the order of the steps' scores, so that the main one comes first
    private static @Nullable SummaryRow best(
            List<SummaryRow> rows, Set<Series> measured, Map<String, String> targets, String source) {
        Metric main = measured.iterator().next().metric();
        String split = Headline.split(measured.stream().map(Series::split).toList());
        return rows.stream()
                .filter(row -> row.metric() == main && row.split().equals(split))
                .max(Comparator.comparing((SummaryRow row) -> row.language().equals(targets.get(row.stage())))
                        .thenComparing(row -> row.language().equals(AVERAGE))
                        .thenComparing(row -> !row.language().equals(source))
                        .thenComparing(SummaryRow::mean))
                .orElse(null);
    }

    /// Adds what one seed has: where each target has a model of its own, the source language counts with the mean of
    /// them.
    private static void add(
            Map<Series, Map<String, List<Double>>> values,
            Series series,
            Map<String, List<Double>> languages,
            String source,
            boolean whole) {
        List<Double> targets = new ArrayList<>();
        languages.forEach((language, scores) -> {
            double value = Statistics.of(scores).mean();
            add(values, series, language, value);
            if (!language.equals(source)) targets.add(value);
        });
        if (whole && targets.size() > 1)
            add(values, series, AVERAGE, Statistics.of(targets).mean());
    }

    /// True once the stage's models of all targets are measured: an average over some would pass for one over all.
    private static boolean isWhole(Plan plan, Map<StepKey, StepResult> results, String stage, Optional<Long> seed) {
        return plan.steps().stream()
                .filter(step ->
                        step.spec() instanceof EvaluateStep && step.stages().contains(stage))
                .filter(step -> Optional.ofNullable(step.seed()).equals(seed))
                .allMatch(step -> results.containsKey(step.key()));
    }

    private static void add(
            Map<Series, Map<String, List<Double>>> values, Series series, String language, double value) {
        values.computeIfAbsent(series, _ -> new TreeMap<>())
                .computeIfAbsent(language, _ -> new ArrayList<>())
                .add(value);
    }

    /// Of a run's rounds the table shows what it began with and what it ended in.
    private static List<String> stages(PlannedStep step, int first) {
        if (step.rounds().isEmpty()) return step.stages();
        return step.rounds().stream()
                .filter(round -> round.number() == first || round.isFinal())
                .map(Round::stage)
                .distinct()
                .toList();
    }

    /// The languages that stages are for, of those that are for one.
    private static Map<String, String> targets(Plan plan) {
        Map<String, String> targets = new HashMap<>();
        for (PlannedStep step : plan.steps())
            for (Round round : step.rounds()) if (round.target() != null) targets.put(round.stage(), round.target());
        return targets;
    }

    /// Adds the scores of several models as those of one, seed by seed, where all of them are measured: a mean over
    /// some would pass for one over all.
    private static void addMean(
            String all,
            List<String> members,
            Map<Series, Map<Optional<Long>, Map<String, List<Double>>>> scores,
            Map<Series, Map<String, List<Double>>> values,
            String source) {
        for (Series first : List.copyOf(scores.keySet())) {
            if (!first.stage().equals(members.getFirst())) continue;
            Series series = new Series(all, first.split(), first.metric());
            scores.getOrDefault(first, Map.of()).forEach((seed, _) -> {
                List<Map<String, List<Double>>> measured = members.stream()
                        .map(member -> scores.get(new Series(member, first.split(), first.metric())))
                        .map(seeds -> seeds == null ? null : seeds.get(seed))
                        .filter(Objects::nonNull)
                        .toList();
                if (measured.size() == members.size())
                    measured.forEach(languages -> add(values, series, languages, source, true));
            });
        }
    }

    static String source(Plan plan) {
        return plan.steps().stream()
                .map(PlannedStep::spec)
                .filter(TrainStep.class::isInstance)
                .map(step -> ((TrainStep) step).source())
                .findFirst()
                .orElse("");
    }

    private static List<SummaryRow> rows(
            Map<Series, Map<String, List<Double>>> values, PeerStages peers, String source) {
        List<String> stages = peers.ordered(
                values.keySet().stream().map(Series::stage).distinct().toList());
        List<SummaryRow> rows = new ArrayList<>();
        values.forEach((series, languages) -> languages.forEach((language, scores) -> {
            Statistics over = Statistics.of(scores);
            rows.add(new SummaryRow(
                    series.stage(),
                    language,
                    series.split(),
                    series.metric(),
                    over.mean(),
                    over.std(),
                    over.ci95(),
                    over.n()));
        }));
        rows.sort(Comparator.comparingInt((SummaryRow row) -> stages.indexOf(row.stage()))
                .thenComparing(SummaryRow::split)
                .thenComparing(SummaryRow::metric)
                .thenComparingInt(row ->
                        row.language().equals(source) ? 0 : row.language().equals(AVERAGE) ? 2 : 1)
                .thenComparing(SummaryRow::language));
        return rows;
    }
}
