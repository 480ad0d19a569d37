package dev.isogloss.operator.experiment;

import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.plan.Plan;
import dev.isogloss.planner.Planner;
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
    public Locations locations(TransferBenchmark benchmark, Plan plan) {
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
    public Extra extra(PlanResults results) {
        return table(results) instanceof BenchmarkTable table
                ? BenchmarkTables.of(table).weight()
                : Extra.NONE;
    }

    /// Null where the spec means no plan.
    private static @Nullable BenchmarkTable table(PlanResults results) {
        return results.plan().benchmark() == null
                ? null
                : BenchmarkTable.of(results.plan(), results.results(), results.failures());
    }

    @Override
    public TransferBenchmark withStatus(ExperimentStatus status, PlanResults results) {
        TransferBenchmark fresh = new TransferBenchmark();
        @Nullable BenchmarkTable table = table(results);
        if (table == null) {
            fresh.setStatus(new TransferBenchmarkStatus(status, null, null, null));
            return fresh;
        }
        BenchmarkTables tables = BenchmarkTables.of(table);
        fresh.setStatus(new TransferBenchmarkStatus(
                status,
                "%d/%d".formatted(table.whole(), table.lines().size()),
                tables.systems(),
                tables.differences().isEmpty() ? null : tables.differences()));
        return fresh;
    }

    @Override
    public void announce(TransferBenchmark before, TransferBenchmark fresh, Events events, Telemetry telemetry) {
        Map<String, String> sentences = SystemEvents.between(before.getStatus(), fresh.getStatus());
        sentences.forEach((_, sentence) -> events.normal(before, Reason.SystemComplete, sentence));
    }
}
