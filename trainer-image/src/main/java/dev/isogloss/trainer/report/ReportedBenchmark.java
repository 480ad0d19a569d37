package dev.isogloss.trainer.report;

import dev.isogloss.report.benchmark.BenchmarkFormat;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.report.benchmark.BenchmarkTable.Cell;
import dev.isogloss.report.benchmark.BenchmarkTable.Line;
import dev.isogloss.report.benchmark.Difference;
import dev.isogloss.trainer.report.BaselineComparison.Compared;
import dev.isogloss.trainer.report.BaselineComparison.Incomparable;
import dev.isogloss.trainer.report.BaselineComparison.MeasuredStage;
import dev.isogloss.trainer.report.BaselineComparison.None;
import dev.isogloss.trainer.report.BaselineComparison.StageComparison;
import dev.isogloss.trainer.report.BaselineComparison.StageDifference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A benchmark under the name that its table has in a report.
///
/// @param name    of its files and its place in the page, which nothing else in the report has
/// @param table   with published numbers
/// @param systems of a sweep all candidates
public record ReportedBenchmark(String name, BenchmarkTable table, List<ReportedSystem> systems) {

    /// @param name  in the manifest, of a candidate with what sets it apart
    /// @param stage that stands for the system; null for the last one
    public record ReportedSystem(String name, @Nullable String stage, ReportedExperiment experiment) {
        MeasuredStage measured() {
            return new MeasuredStage(
                    experiment,
                    stage != null
                            ? stage
                            : StagePredictions.stages(experiment.plan(), experiment.store())
                                    .getLast());
        }
    }

    public ReportedBenchmark {
        systems = List.copyOf(systems);
    }

    /// As the page shows it.
    ReportTable shown() {
        List<List<String>> rows = BenchmarkFormat.grid(table);
        return new ReportTable(name, BenchmarkFormat.caption(table), rows.getFirst(), 1, rows.subList(1, rows.size()));
    }

    /// What sets an experiment apart from the benchmark's baseline, in the numbers of the benchmark's own table: none
    /// for the baseline, for a candidate that was not chosen, and for what is no system of it.
    public BaselineComparison comparison(ReportedExperiment experiment) {
        Optional<ReportedSystem> baseline = table.lines().stream()
                .filter(line -> line.system().equals(table.outline().baseline()))
                .flatMap(line -> shown(line).stream())
                .findFirst();
        for (Line line : table.lines()) {
            Optional<ReportedSystem> system =
                    shown(line).filter(each -> each.experiment().name().equals(experiment.name()));
            if (system.isPresent() && isCompared(line))
                return baseline.map(other -> comparison(line, other, system.get()))
                        .orElseGet(ReportedBenchmark::undone);
        }
        return new None();
    }

    /// The experiment that a line is of; empty before a candidate is chosen.
    private Optional<ReportedSystem> shown(Line line) {
        String wanted = line.chosen() == null ? line.system() : "%s-%s".formatted(line.system(), line.chosen());
        return systems.stream().filter(system -> system.name().equals(wanted)).findFirst();
    }

    private boolean isCompared(Line line) {
        return table.outline().systems().stream()
                .anyMatch(system -> system.name().equals(line.system()) && system.comparison() != null);
    }

    private BaselineComparison comparison(Line line, ReportedSystem baseline, ReportedSystem system) {
        Map<String, StageDifference> differences = new LinkedHashMap<>();
        for (String column : table.columns())
            if (line.cells().get(column) instanceof Cell cell && cell.difference() instanceof Difference of)
                differences.put(column, new StageDifference(of.value(), of.low(), of.high(), of.adjusted()));
        if (differences.isEmpty()) return undone();
        return new Compared(List.of(new StageComparison(
                baseline.measured(),
                system.measured(),
                table.outline().metric(),
                table.outline().split(),
                table.outline().adjusted() ? "adjusted for all comparisons of %s (Holm)".formatted(name) : "as it is",
                differences)));
    }

    private static BaselineComparison undone() {
        return new Incomparable("that step of the benchmark has no result yet.");
    }
}
