package dev.isogloss.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.report.Format;
import dev.isogloss.report.Summary;
import dev.isogloss.result.ExitCode;
import dev.isogloss.trainer.executor.Failures;
import dev.isogloss.trainer.executor.RunOutcome;
import dev.isogloss.trainer.store.StoreJson;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run says when it is over: the table, what failed and why, and the exit code.
record RunReport(Isogloss isogloss, Plan plan, RunOutcome outcome, boolean json) {
    private static final int TOLD = 8;

    /// @return the exit code
    int print() {
        PrintStream out = isogloss.surroundings.out();
        Summary summary = Summary.of(plan, outcome.results());
        if (json) out.println(resultsEvent(summary));
        else if (!summary.rows().isEmpty()) out.print("\n" + Format.Table.render(summary));
        out.flush();
        failures();
        if (outcome.stopped() && !json) stopped();
        return exitCode();
    }

    /// The last line of `--json`: the table's rows.
    private String resultsEvent(Summary summary) {
        ObjectNode event = StoreJson.MAPPER.createObjectNode();
        event.put("event", "Results");
        event.put(
                "time",
                isogloss.surroundings
                        .clock()
                        .instant()
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString());
        event.put("name", plan.name());
        event.set("rows", StoreJson.MAPPER.valueToTree(summary.rows()));
        return event.toString();
    }

    /// Many steps often fail for one reason; it is said once.
    private void failures() {
        PrintStream err = isogloss.surroundings.err();
        Map<String, List<RunOutcome.Failure>> byReason = outcome.failed().stream()
                .collect(Collectors.groupingBy(
                        failure -> Failures.sentence(failure.cause()), LinkedHashMap::new, Collectors.toList()));
        byReason.forEach((reason, failed) -> {
            err.println("isogloss: failed: %s. %s"
                    .formatted(
                            titles(failed.stream().map(RunOutcome.Failure::step).toList()), reason));
            isogloss.trace(failed.getFirst().cause());
        });
        if (!outcome.skipped().isEmpty())
            err.println("isogloss: not run, because a step that they read failed: " + titles(outcome.skipped()) + ".");
    }

    /// A few of them: those of a run of ten rounds would fill a screen.
    private static String titles(List<PlannedStep> steps) {
        String first = steps.stream().limit(TOLD).map(PlannedStep::title).collect(Collectors.joining("; "));
        return steps.size() <= TOLD ? first : "%s; and %d more".formatted(first, steps.size() - TOLD);
    }

    private void stopped() {
        int missing = plan.steps().size() - outcome.results().size();
        isogloss.surroundings
                .err()
                .println("isogloss: stopped as asked, %d of %d steps to go; the same command goes on from there."
                        .formatted(missing, plan.steps().size()));
    }

    /// Of several failures the highest code: the device's memory outranks the input, and both what may pass.
    private int exitCode() {
        if (outcome.stopped()) return ExitCode.Stopped.code();
        return outcome.failed().stream()
                .mapToInt(failure -> Failures.exitCode(failure.cause()).code())
                .max()
                .orElse(ExitCode.Done.code());
    }
}
