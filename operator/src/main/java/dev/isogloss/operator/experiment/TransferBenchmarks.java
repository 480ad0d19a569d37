package dev.isogloss.operator.experiment;

import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.planner.Planner;
import dev.isogloss.report.Summary;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.resource.TransferBenchmark;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The kind TransferBenchmark: its plan holds the steps of all systems, and its status shows the table.
public final class TransferBenchmarks implements ExperimentKind<TransferBenchmark> {
    @Override
    public Plan plan(TransferBenchmark benchmark) {
        return Planner.plan(benchmark.getMetadata().getName(), benchmark.getSpec());
    }

    @Override
    public InputLocations locations(TransferBenchmark benchmark, Plan plan) {
        return Objects.requireNonNull(plan.benchmark()).locations();
    }

    @Override
    public Runtime runtime(TransferBenchmark benchmark) {
        return benchmark.getSpec().runtime();
    }

    @Override
    public @Nullable Storage storage(TransferBenchmark benchmark) {
        return benchmark.getSpec().storage();
    }

    @Override
    public boolean isSuspended(TransferBenchmark benchmark) {
        return benchmark.getSpec().suspend();
    }

    @Override
    public @Nullable Integer secondsToStay(TransferBenchmark benchmark) {
        return benchmark.getSpec() == null
                ? TrimmedReading.secondsToStay(benchmark)
                : benchmark.getSpec().ttlSecondsAfterFinished();
    }

    @Override
    public @Nullable ExperimentStatus status(TransferBenchmark benchmark) {
        @Nullable TransferBenchmarkStatus status = benchmark.getStatus();
        return status == null ? null : status.common();
    }

    @Override
    public Shown<TransferBenchmark> shown(PlanResults results) {
        boolean isPlanned = results.plan().benchmark() != null;
        if (!isPlanned)
            return new Shown<>(
                    Summary.of(results.plan(), results.results()),
                    0,
                    0,
                    status -> withStatus(new TransferBenchmarkStatus(status, null, null, null)));
        BenchmarkTable table = BenchmarkTable.of(results.plan(), results.results(), results.failures());
        BenchmarkTables tables = BenchmarkTables.of(table);
        String done = "%d/%d".formatted(table.whole(), table.lines().size());
        return new Shown<>(
                table.summary(),
                tables.bytes(),
                tables.leftOut(),
                status -> withStatus(new TransferBenchmarkStatus(
                        status, done, tables.systems(), tables.differences().isEmpty() ? null : tables.differences())));
    }

    private static TransferBenchmark withStatus(TransferBenchmarkStatus status) {
        TransferBenchmark fresh = new TransferBenchmark();
        fresh.setStatus(status);
        return fresh;
    }

    @Override
    public void announce(TransferBenchmark before, TransferBenchmark fresh, Events events, Telemetry telemetry) {
        Map<String, String> sentences = SystemEvents.between(before.getStatus(), fresh.getStatus());
        sentences.forEach((_, sentence) -> events.normal(before, Reason.SystemComplete, sentence));
    }
}
