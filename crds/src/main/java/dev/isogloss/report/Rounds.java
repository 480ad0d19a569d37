package dev.isogloss.report;

import dev.isogloss.api.run.ModelStatus;
import dev.isogloss.api.run.RoundStatus;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rounds of a run, as far as their steps are done, with the labels and the score of each model. Terminal and
/// status share these numbers.
///
/// @param rows  by round, then in the models' order
/// @param total rounds in all
/// @param under the first round that is not complete, `total` when all are; 0 in a plan without rounds
public record Rounds(List<RoundRow> rows, int total, int under) {
    private static final int MOST_IN_STATUS = 160;

    public Rounds {
        rows = List.copyOf(rows);
    }

    /// @param results of the steps that are done
    public static Rounds of(Plan plan, Map<StepKey, StepResult> results) {
        Map<Round, List<PlannedStep>> steps = steps(plan);
        List<String> models =
                steps.keySet().stream().map(Round::model).distinct().toList();
        String source = Summary.source(plan);
        List<RoundRow> rows = steps.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Round, List<PlannedStep>> entry) ->
                                entry.getKey().number())
                        .thenComparingInt(entry -> models.indexOf(entry.getKey().model())))
                .map(entry ->
                        RoundRow.of(entry.getKey(), entry.getValue(), others(entry.getKey(), steps), results, source))
                .toList();
        int total = steps.keySet().stream().mapToInt(Round::number).max().orElse(0);
        int under = rows.stream()
                .filter(row -> !row.isComplete())
                .mapToInt(RoundRow::round)
                .min()
                .orElse(total);
        return new Rounds(rows, total, under);
    }

    /// The steps of each round of each model, in the plan's order.
    static Map<Round, List<PlannedStep>> steps(Plan plan) {
        Map<Round, List<PlannedStep>> steps = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps())
            for (Round round : step.rounds())
                steps.computeIfAbsent(round, _ -> new ArrayList<>()).add(step);
        return steps;
    }

    /// The steps of the same round's other models.
    static List<PlannedStep> others(Round round, Map<Round, List<PlannedStep>> steps) {
        return steps.entrySet().stream()
                .filter(entry -> entry.getKey().number() == round.number()
                        && !entry.getKey().equals(round))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    /// True once every model's step of the round is done.
    public boolean isComplete(int round) {
        return rows.stream().filter(row -> row.round() == round).allMatch(RoundRow::isComplete);
    }

    /// The round with the highest headline score, the first of equals; empty before anything is measured.
    public Optional<RoundRow> best() {
        return best(rows);
    }

    private static Optional<RoundRow> best(List<RoundRow> rows) {
        return rows.stream().filter(row -> row.headline() != null).max(Comparator.comparingDouble(Rounds::score));
    }

    private static double score(RoundRow row) {
        return Objects.requireNonNull(row.headline()).value();
    }

    /// Labels that all models have handed on so far, over all seeds.
    public long pseudoLabels() {
        return rows.stream().mapToLong(row -> row.labels().selectedOverSeeds()).sum();
    }

    /// The last rounds that have begun, as status shows them.
    ///
    /// @param most rounds at most
    public List<RoundStatus> statuses(int most) {
        int last = rows.stream()
                .filter(RoundRow::hasBegun)
                .mapToInt(RoundRow::round)
                .max()
                .orElse(0);
        List<RoundStatus> statuses = rows.stream()
                .filter(row -> row.hasBegun() && row.round() > last - most)
                .map(RoundRow::toStatus)
                .toList();
        return statuses.subList(Math.max(0, statuses.size() - MOST_IN_STATUS), statuses.size());
    }

    /// Each model's last and best score, for those that were measured.
    public List<ModelStatus> models() {
        Map<String, List<RoundRow>> measured = rows.stream()
                .filter(row -> row.headline() != null)
                .collect(Collectors.groupingBy(RoundRow::model, LinkedHashMap::new, Collectors.toList()));
        List<ModelStatus> models = new ArrayList<>();
        measured.forEach((model, own) -> {
            RoundRow last = own.getLast();
            RoundRow best = best(own).orElseThrow();
            models.add(new ModelStatus(
                    model, last.round(), RoundRow.decimal(score(last)), best.round(), RoundRow.decimal(score(best))));
        });
        return List.copyOf(models);
    }

    /// "2/5": the round under way of all.
    public String progress() {
        return under + "/" + total;
    }
}
