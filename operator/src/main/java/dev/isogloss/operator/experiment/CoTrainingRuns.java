package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.run.CoTrainingRunStatus;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.planner.Planner;
import dev.isogloss.report.RoundRow;
import dev.isogloss.report.Rounds;
import dev.isogloss.report.Summary;
import dev.isogloss.resource.CoTrainingRun;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kind CoTrainingRun: its plan holds all rounds from the start, and its status shows them.
public final class CoTrainingRuns implements ExperimentKind<CoTrainingRun> {
    @Override
    public Plan plan(CoTrainingRun run) {
        return Planner.plan(run.getMetadata().getName(), run.getSpec());
    }

    @Override
    public InputLocations locations(CoTrainingRun run, Plan plan) {
        return InputLocations.of(Planner.locations(run.getSpec()));
    }

    @Override
    public Runtime runtime(CoTrainingRun run) {
        return run.getSpec().common().runtime();
    }

    @Override
    public @Nullable Storage storage(CoTrainingRun run) {
        return run.getSpec().common().storage();
    }

    @Override
    public boolean isSuspended(CoTrainingRun run) {
        return run.getSpec().common().suspend();
    }

    @Override
    public @Nullable Integer secondsToStay(CoTrainingRun run) {
        return run.getSpec() == null
                ? TrimmedReading.secondsToStay(run)
                : run.getSpec().common().ttlSecondsAfterFinished();
    }

    @Override
    public @Nullable ExperimentStatus status(CoTrainingRun run) {
        @Nullable CoTrainingRunStatus status = run.getStatus();
        return status == null ? null : status.common();
    }

    @Override
    public Shown<CoTrainingRun> shown(PlanResults results) {
        Rounds rounds = Rounds.of(results.plan(), results.results());
        RunTables tables = RunTables.of(rounds);
        return new Shown<>(
                Summary.of(results.plan(), results.results()),
                tables.bytes(),
                tables.leftOut(),
                status -> withStatus(status, rounds, tables));
    }

    private static CoTrainingRun withStatus(ExperimentStatus status, Rounds rounds, RunTables tables) {
        Optional<RoundRow> best = rounds.best();
        boolean any = rounds.total() > 0;
        CoTrainingRun fresh = new CoTrainingRun();
        fresh.setStatus(new CoTrainingRunStatus(
                status,
                any ? rounds.under() : null,
                any ? rounds.progress() : null,
                best.map(RoundRow::model).orElse(null),
                best.map(RoundRow::score).orElse(null),
                any ? rounds.pseudoLabels() : null,
                any ? tables.models() : null,
                any ? tables.rounds() : null));
        return fresh;
    }

    @Override
    public void announce(CoTrainingRun before, CoTrainingRun fresh, Events events, Telemetry telemetry) {
        for (RoundEvents ended : RoundEvents.between(before.getStatus(), fresh.getStatus())) {
            events.normal(before, Reason.RoundComplete, ended.sentence());
            telemetry.round(ended.rows());
        }
    }
}
