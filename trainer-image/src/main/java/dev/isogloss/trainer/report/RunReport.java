package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Format;
import dev.isogloss.report.Summary;
import dev.isogloss.report.benchmark.BenchmarkFormat;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.report.benchmark.Summaries;
import dev.isogloss.result.ExitCode;
import dev.isogloss.trainer.executor.Failures;
import dev.isogloss.trainer.executor.RunOutcome;
import dev.isogloss.trainer.store.Recomputed;
import dev.isogloss.trainer.store.StoreJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The report of a run that has ended: its table, what failed and why, and the exit code.
///
/// @param published numbers of others for a benchmark's table, in per cent by system and column
public record RunReport(Plan plan, RunOutcome outcome, Map<String, Map<String, Double>> published) {
    private static final int TITLES = 8;

    /// Steps that failed for one reason.
    ///
    /// @param cause of the first of them
    public record FailedSteps(String sentence, Throwable cause) {}

    /// Empty without scores.
    public String table() {
        Summary summary = summary();
        if (plan.benchmark() != null && !summary.rows().isEmpty())
            return "\n" + BenchmarkFormat.render(benchmark(), Format.Table);
        return summary.rows().isEmpty() ? "" : "\n" + Format.Table.render(summary);
    }

    /// The last line of `--json`: the table's rows.
    public String event(Instant now) {
        ObjectNode event = event("Results", plan, now);
        event.set("rows", StoreJson.MAPPER.valueToTree(summary().rows()));
        if (plan.benchmark() != null) event.set("benchmark", BenchmarkFormat.tree(benchmark()));
        return event.toString();
    }

    /// The event of a run that only checks what it would read.
    ///
    /// @param missing how many steps are to run
    public static String checked(Plan plan, int missing, Instant now) {
        ObjectNode event = event("Checked", plan, now);
        event.put("steps", plan.steps().size());
        event.put("missing", missing);
        return event.toString();
    }

    private static ObjectNode event(String event, Plan plan, Instant now) {
        return StoreJson.MAPPER
                .createObjectNode()
                .put("event", event)
                .put("time", now.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("name", plan.name());
    }

    private Summary summary() {
        return Summaries.of(plan, outcome.results());
    }

    private BenchmarkTable benchmark() {
        Map<StepKey, String> failures = new HashMap<>();
        for (RunOutcome.Failure failure : outcome.failed())
            failures.put(failure.step().key(), Failures.sentence(failure.cause()));
        return BenchmarkTable.of(plan, outcome.results(), failures).withPublished(published);
    }

    /// Many steps often fail for one reason; it is said once.
    public List<FailedSteps> failures() {
        Map<String, List<RunOutcome.Failure>> byReason = outcome.failed().stream()
                .collect(Collectors.groupingBy(
                        failure -> Failures.sentence(failure.cause()), LinkedHashMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(group -> new FailedSteps(
                        "failed: %s. %s"
                                .formatted(
                                        titles(group.getValue().stream()
                                                .map(RunOutcome.Failure::step)
                                                .toList()),
                                        group.getKey()),
                        group.getValue().getFirst().cause()))
                .toList();
    }

    /// What came of steps that were computed although the store held a result; empty if none was.
    public String again() {
        int all = outcome.again().size();
        if (all == 0) return "";
        String steps = all == 1 ? "1 step" : "%d steps".formatted(all);
        List<PlannedStep> others = again(recomputed -> !recomputed.isSame());
        if (others.isEmpty())
            return "computed again: %s, the same to the last bit as what the store held.".formatted(steps);
        List<PlannedStep> scores = again(recomputed -> !recomputed.sameScores());
        return "computed again: %s. Not the same as what the store held, and in its place now: %s. %s"
                .formatted(
                        steps,
                        titles(others),
                        scores.isEmpty()
                                ? "All scores are the same."
                                : "Scores have changed of %s.".formatted(titles(scores)));
    }

    private List<PlannedStep> again(Predicate<Recomputed> wanted) {
        return plan.steps().stream()
                .filter(step ->
                        Stream.ofNullable(outcome.again().get(step.key())).anyMatch(wanted))
                .toList();
    }

    /// Empty if every step was run.
    public String skipped() {
        return outcome.skipped().isEmpty()
                ? ""
                : "not run, because a step that they read failed: " + titles(outcome.skipped()) + ".";
    }

    /// A few of them: those of a run of ten rounds would fill a screen.
    private static String titles(List<PlannedStep> steps) {
        String first = steps.stream().limit(TITLES).map(PlannedStep::title).collect(Collectors.joining("; "));
        return steps.size() <= TITLES ? first : "%s; and %d more".formatted(first, steps.size() - TITLES);
    }

    /// Empty unless the run was stopped.
    public String stopped() {
        return outcome.stopped()
                ? "stopped as asked, %d of %d steps to go; the same command goes on from there."
                        .formatted(
                                plan.steps().size() - outcome.results().size(),
                                plan.steps().size())
                : "";
    }

    /// Of several failures the highest code: the device's memory outranks the input, and both what may pass.
    public int exitCode() {
        if (outcome.stopped()) return ExitCode.Stopped.code();
        return outcome.failed().stream()
                .mapToInt(failure -> Failures.exitCode(failure.cause()).code())
                .max()
                .orElse(ExitCode.Done.code());
    }
}
