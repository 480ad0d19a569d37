package dev.isogloss.report.benchmark;

import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.CandidateOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.Summary;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The table of a benchmark, as far as its numbers are there.
///
/// @param columns the sources of the systems, the other languages by name, `average` last where one of the systems has
///                several targets; those without a number as well
public record BenchmarkTable(BenchmarkOutline outline, List<String> columns, List<Line> lines) {

    /// A system.
    ///
    /// @param chosen    of a sweep, what was chosen; null before, and without a sweep
    /// @param done      its steps that are done, of `total`
    /// @param failure   why there will be nothing, or not all; null while nothing has failed
    /// @param headline  the column that stands for the system: `average` of several targets, the only one, or the
    ///                  source
    /// @param cells     by column; what is not there is missing
    /// @param published numbers of others in per cent, by column
    public record Line(
            String system,
            @Nullable String chosen,
            int done,
            int total,
            @Nullable String failure,
            String headline,
            Map<String, Cell> cells,
            Map<String, Double> published) {

        public Optional<Cell> headlineCell() {
            return Optional.ofNullable(cells.get(headline));
        }

        /// The name, with what was chosen.
        public String title() {
            return chosen == null ? system : "%s (%s)".formatted(system, chosen);
        }
    }

    /// @param best whether no other system has more in this column; never in an average where targets differ
    public record Cell(
            Statistics score, boolean best, @Nullable Difference difference) {}

    /// @param plan     of a benchmark
    /// @param results  of the steps that are done
    /// @param failures of steps that failed for good, a sentence each
    public static BenchmarkTable of(Plan plan, Map<StepKey, StepResult> results, Map<StepKey, String> failures) {
        BenchmarkOutline outline = Objects.requireNonNull(plan.benchmark());
        Map<String, Map<String, Statistics>> scores = new LinkedHashMap<>();
        Map<String, String> failed = new HashMap<>();
        for (SystemOutline system : outline.systems()) {
            scores.put(
                    system.name(),
                    shown(system, results)
                            .map(candidate ->
                                    SystemScores.of(candidate, outline, results).byLanguage())
                            .orElse(Map.of()));
            failure(plan, system, failures).ifPresent(sentence -> failed.put(system.name(), sentence));
        }
        Significance significance = Significance.of(outline, results);
        boolean oneAverage = isOneAverage(outline);
        List<Line> lines = outline.systems().stream()
                .map(system -> line(system, scores, oneAverage, significance, results, failed.get(system.name())))
                .toList();
        return new BenchmarkTable(outline, columns(outline), lines);
    }

    /// True if there are numbers, and all of them are of one seed, so without an interval.
    boolean hasOneSeed() {
        List<Cell> all =
                lines.stream().flatMap(line -> line.cells().values().stream()).toList();
        return !all.isEmpty() && all.stream().allMatch(cell -> cell.score().n() == 1);
    }

    /// The same with numbers that others have published, by system and column.
    public BenchmarkTable withPublished(Map<String, Map<String, Double>> published) {
        return new BenchmarkTable(
                outline,
                columns,
                lines.stream()
                        .map(line -> new Line(
                                line.system(),
                                line.chosen(),
                                line.done(),
                                line.total(),
                                line.failure(),
                                line.headline(),
                                line.cells(),
                                published.getOrDefault(line.system(), Map.of())))
                        .toList());
    }

    /// The candidate that the line shows; empty before one is chosen.
    ///
    /// @param results with that of the choice, if it is there
    public static Optional<CandidateOutline> shown(SystemOutline system, Map<StepKey, StepResult> results) {
        if (system.choice() == null) return Optional.of(system.candidates().getFirst());
        StepResult choice = results.get(system.choice());
        if (choice == null || choice.facts().get(Fact.Choice).isEmpty()) return Optional.empty();
        int chosen = (int) choice.facts().get(Fact.Choice).getAsDouble();
        return chosen < 1 || chosen > system.candidates().size()
                ? Optional.empty()
                : Optional.of(system.candidates().get(chosen - 1));
    }

    private static Optional<String> failure(Plan plan, SystemOutline system, Map<StepKey, String> failures) {
        if (failures.isEmpty()) return Optional.empty();
        return system.steps().stream()
                .filter(failures::containsKey)
                .map(key ->
                        "%s failed: %s".formatted(plan.step(key).orElseThrow().title(), failures.get(key)))
                .findFirst();
    }

    private static Line line(
            SystemOutline system,
            Map<String, Map<String, Statistics>> scores,
            boolean oneAverage,
            Significance significance,
            Map<StepKey, StepResult> results,
            @Nullable String failure) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        Map<String, Difference> differences = significance.byColumn().getOrDefault(system.name(), Map.of());
        scores.getOrDefault(system.name(), Map.of())
                .forEach((column, score) -> cells.put(
                        column,
                        new Cell(
                                score,
                                (oneAverage || !column.equals(Summary.AVERAGE)) && isBest(score, column, scores),
                                differences.get(column))));
        Set<StepKey> steps = system.steps();
        String chosen = system.choice() == null
                ? null
                : shown(system, results).map(CandidateOutline::label).orElse(null);
        return new Line(
                system.name(),
                chosen,
                (int) steps.stream().filter(results::containsKey).count(),
                steps.size(),
                failure,
                headline(system),
                cells,
                Map.of());
    }

    /// Whatever is measured so far.
    private static String headline(SystemOutline system) {
        CandidateOutline first = system.candidates().getFirst();
        SortedSet<String> targets = first.targets();
        if (targets.size() > 1) return Summary.AVERAGE;
        return targets.isEmpty() ? first.source() : targets.first();
    }

    /// Averages over other targets are not held against each other.
    private static boolean isOneAverage(BenchmarkOutline outline) {
        return outline.systems().stream()
                        .map(system -> system.candidates().getFirst().targets())
                        .filter(targets -> targets.size() > 1)
                        .distinct()
                        .count()
                < 2;
    }

    private static boolean isBest(Statistics score, String column, Map<String, Map<String, Statistics>> scores) {
        List<Double> all = scores.values().stream()
                .map(columns -> columns.get(column))
                .filter(Objects::nonNull)
                .map(Statistics::mean)
                .toList();
        return all.size() > 1 && all.stream().allMatch(other -> other <= score.mean());
    }

    private static List<String> columns(BenchmarkOutline outline) {
        Set<String> sources = new LinkedHashSet<>();
        Set<String> measured = new TreeSet<>();
        boolean averaged = false;
        for (SystemOutline system : outline.systems())
            for (CandidateOutline candidate : system.candidates()) {
                sources.add(candidate.source());
                measured.addAll(candidate.languages());
                averaged |= candidate.targets().size() > 1;
            }
        sources.retainAll(measured);
        Set<String> columns = new LinkedHashSet<>(sources);
        columns.addAll(measured);
        if (averaged) columns.add(Summary.AVERAGE);
        return List.copyOf(columns);
    }

    /// The lines whose steps are all done.
    public long whole() {
        return lines.stream().filter(line -> line.done() == line.total()).count();
    }

    /// The table as a summary: systems in the place of stages.
    public Summary summary() {
        List<SummaryRow> rows = new ArrayList<>();
        Map<String, String> targets = new HashMap<>();
        for (Line line : lines) {
            for (String column : columns)
                if (line.cells().get(column) instanceof Cell cell) rows.add(row(line, column, cell.score()));
            if (!line.headline().equals(Summary.AVERAGE)) targets.put(line.system(), line.headline());
        }
        return new Summary(rows, best(), targets);
    }

    /// The best headline, where all systems have the same one; null where none is there yet.
    private @Nullable SummaryRow best() {
        List<String> headlines = lines.stream().map(Line::headline).distinct().toList();
        if (headlines.size() > 1 || !isOneAverage(outline)) return null;
        return lines.stream()
                .flatMap(line -> line.headlineCell().map(cell -> row(line, line.headline(), cell.score())).stream())
                .max(Comparator.comparingDouble(SummaryRow::mean))
                .orElse(null);
    }

    private SummaryRow row(Line line, String column, Statistics score) {
        return new SummaryRow(
                line.system(),
                column,
                outline.split(),
                outline.metric(),
                score.mean(),
                score.std(),
                score.ci95(),
                score.n());
    }
}
