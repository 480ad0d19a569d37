package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ResultRow;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.report.Headline;
import dev.isogloss.report.Summary;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.resource.TrainingStep;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The results table as far as the steps' statuses and the size of a status allow.
///
/// A status has at most 64 KiB. Rows are left out in this order until the rest fits: single languages of splits other
/// than `test`; single languages of all stages but the last, or of all systems but the baseline; everything but the row
/// of each stage that stands for it (the target that its models are for, else the average); the same of other splits
/// than `test`; everything.
///
/// @param leftOut rows that did not fit here
/// @param missing a sentence on results that a step's own status leaves out; empty where there are none
record Results(List<ResultRow> rows, Optional<String> best, int leftOut, Optional<String> missing) {
    private static final int MOST_ROWS = 1024;

    /// @param room bytes that the rows may take
    static Results of(ExperimentView view, Summary summary, int room) {
        List<SummaryRow> all = summary.rows();
        List<SummaryRow> kept = fitting(summary, room, inFull(view.plan(), all));
        return new Results(
                kept.stream().map(SummaryRow::toResult).toList(),
                Optional.ofNullable(summary.best()).map(Results::best),
                all.size() - kept.size() + shortenedSteps(view),
                missing(view));
    }

    /// @param more rows of other tables that did not fit either
    String explanation(int more) {
        String rows = Messages.RESULTS_LEFT_OUT.formatted(leftOut + more);
        return missing.map(sentence -> rows + " (" + sentence + ")").orElse(rows);
    }

    /// The stage whose single languages stay longest: the last one; of a benchmark the baseline, whose scores the
    /// differences of the others are held to.
    private static String inFull(Plan plan, List<SummaryRow> rows) {
        return Optional.ofNullable(plan.benchmark())
                .map(BenchmarkOutline::baseline)
                .filter(baseline -> rows.stream().anyMatch(row -> row.stage().equals(baseline)))
                .orElse(rows.isEmpty() ? "" : rows.getLast().stage());
    }

    private static List<SummaryRow> fitting(Summary summary, int room, String inFull) {
        List<SummaryRow> all = summary.rows();
        boolean tested = all.stream().anyMatch(row -> row.split().equals(Headline.TEST));
        List<Predicate<SummaryRow>> filters = List.of(
                row -> true,
                row -> summary.isHeadline(row) || !tested || row.split().equals(Headline.TEST),
                row -> summary.isHeadline(row)
                        || (!tested || row.split().equals(Headline.TEST))
                                && row.stage().equals(inFull),
                summary::isHeadline,
                row -> summary.isHeadline(row) && (!tested || row.split().equals(Headline.TEST)),
                row -> false);
        return filters.stream()
                .map(filter -> all.stream().filter(filter).toList())
                .filter(rows -> rows.size() <= MOST_ROWS && weight(rows) <= room)
                .findFirst()
                .orElse(List.of());
    }

    /// Bytes of the rows as JSON: field names and numbers weigh about 120 in each.
    private static int weight(List<SummaryRow> rows) {
        return rows.stream()
                .mapToInt(row -> 120
                        + row.stage().length()
                        + row.language().length()
                        + row.split().length()
                        + row.metric().name().length())
                .sum();
    }

    private static String best(SummaryRow row) {
        return Messages.clip(
                "%s %s (%s, %s, %s)"
                        .formatted(row.metric(), row.toResult().mean(), row.stage(), row.language(), row.split()),
                128);
    }

    private static int shortenedSteps(ExperimentView view) {
        return (int) view.steps().values().stream()
                .filter(step -> shortened(step).isPresent())
                .count();
    }

    private static Optional<String> missing(ExperimentView view) {
        return view.steps().values().stream()
                .flatMap(step ->
                        shortened(step)
                                .map(condition -> step.getMetadata().getName() + ": " + condition.message())
                                .stream())
                .sorted()
                .findFirst();
    }

    private static Optional<Condition> shortened(TrainingStep step) {
        return step.getStatus() == null
                ? Optional.empty()
                : Conditions.find(step.getStatus().conditions(), ConditionType.Shortened);
    }
}
