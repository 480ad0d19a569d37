package dev.isogloss.trainer.report;

import dev.isogloss.api.task.Metric;
import dev.isogloss.report.Summary;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.result.Fact;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.Scatter;
import dev.isogloss.trainer.report.BaselineComparison.Compared;
import dev.isogloss.trainer.report.BaselineComparison.MeasuredStage;
import dev.isogloss.trainer.report.BaselineComparison.StageComparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What systems win over a baseline, by how far the class shares of the target lie from those that were learnt (Xian,
/// Ji & Zhao 2022, figures 3 and 9), and how much of that distance importance weights find (section 4.2).
final class ImprovementFigures {
    /// Where the paper parts mild shifts from strong ones.
    private static final double STRONG = 0.8;

    private static final String NAME = "across-experiments-improvement-by-prior-shift";

    /// A system in a language of an experiment.
    ///
    /// @param share of the baseline's score
    private record Improvement(String system, MeasuredStage stage, String language, double shift, double share) {}

    private ImprovementFigures() {}

    /// @param sections of which at least one was compared with a baseline, else there is nothing to find
    static FindingsTogether of(List<ReportSection> sections) {
        List<StageComparison> compared = sections.stream()
                .flatMap(section -> section.comparison() instanceof Compared all ? all.stages().stream() : Stream.of())
                .toList();
        if (compared.isEmpty()) return FindingsTogether.NONE;
        List<Improvement> found = improvements(compared);
        if (found.isEmpty())
            return new FindingsTogether(
                    List.of(),
                    List.of(),
                    List.of("Improvements over the baseline are not drawn by prior shift: no experiment that is"
                            + " compared has a stage analyse, or iwda with labelled texts of the target, which measure"
                            + " it."));
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        for (Improvement each : found)
            groups.computeIfAbsent(each.system(), _ -> new ArrayList<>())
                    .add(new double[] {each.shift(), 100 * each.share()});
        FigureSketch sketch = new FigureSketch(
                "improvement by prior shift",
                title -> new Scatter(
                        title,
                        "prior shift (total variation)",
                        "improvement of %s over the baseline, per cent".formatted(metric(compared.getFirst())),
                        Group.all(groups)),
                "One point a language and experiment, mean over seeds; 0 is the baseline.");
        return new FindingsTogether(List.of(sketch), List.of(table(found)), List.of());
    }

    private static List<Improvement> improvements(List<StageComparison> compared) {
        Map<String, Map<String, Double>> shifts = new HashMap<>();
        List<Improvement> found = new ArrayList<>();
        for (StageComparison each : compared) {
            MeasuredStage stage = each.stage();
            ReportedExperiment experiment = stage.experiment();
            ReportedExperiment baseline = each.baseline().experiment();
            boolean within = experiment.name().equals(baseline.name());
            Map<String, Double> own = shifts.computeIfAbsent(experiment.name(), _ -> PriorShifts.of(experiment));
            Map<String, Double> theirs = shifts.computeIfAbsent(baseline.name(), _ -> PriorShifts.of(baseline));
            for (String language : each.differences().keySet()) {
                Double shift = own.getOrDefault(language, theirs.get(language));
                Double share = share(each, language);
                if (shift != null && share != null)
                    found.add(
                            new Improvement(within ? stage.name() : experiment.name(), stage, language, shift, share));
            }
        }
        return found;
    }

    private static @Nullable Double share(StageComparison each, String language) {
        Metric metric = metric(each);
        Optional<SummaryRow> before = row(each, each.baseline(), language, metric);
        Optional<SummaryRow> after = row(each, each.stage(), language, metric);
        return before.isPresent() && after.isPresent() && before.get().mean() > 0
                ? after.get().mean() / before.get().mean() - 1
                : null;
    }

    /// Accuracy is high where one class is most of a split, so the paper compares by macro-averaged F1.
    private static Metric metric(StageComparison each) {
        boolean macro =
                each.stage().experiment().summary().rows().stream().anyMatch(row -> row.metric() == Metric.MacroF1);
        return macro ? Metric.MacroF1 : each.metric();
    }

    private static Optional<SummaryRow> row(StageComparison each, MeasuredStage stage, String language, Metric metric) {
        Summary summary = stage.experiment().summary();
        return summary.rows().stream()
                .filter(row -> row.stage().equals(stage.name())
                        && row.language().equals(language)
                        && row.split().equals(each.split())
                        && row.metric() == metric)
                .findFirst();
    }

    // ---- mild and strong shifts

    private static ReportTable table(List<Improvement> found) {
        List<List<String>> rows = new ArrayList<>();
        found.stream().map(Improvement::system).distinct().forEach(system -> {
            for (boolean strong : new boolean[] {false, true}) {
                List<Improvement> its = found.stream()
                        .filter(each -> each.system().equals(system) && each.shift() >= STRONG == strong)
                        .toList();
                if (!its.isEmpty()) rows.add(row(system, strong, its));
            }
        });
        return new ReportTable(
                NAME,
                "Mean improvement over the baseline, in per cent of its score, under mild and under strong shifts of"
                        + " the class shares (total variation); and the share of the shift that the importance weights"
                        + " of iwda find: 100 where they find the target's shares, 0 where they are no better than"
                        + " none. n: languages times experiments; of corrections, times seeds.",
                List.of("system", "prior shift", "improvement %", "n", "prior correction %", "n"),
                2,
                rows);
    }

    private static List<String> row(String system, boolean strong, List<Improvement> its) {
        List<Double> corrections =
                its.stream().flatMap(each -> corrections(each).stream()).toList();
        return List.of(
                system,
                strong ? "0.8 and above" : "below 0.8",
                mean(its.stream().map(Improvement::share).toList()),
                String.valueOf(its.size()),
                corrections.isEmpty() ? "–" : mean(corrections),
                String.valueOf(corrections.size()));
    }

    /// Of the importance weights that the stage itself has estimated.
    private static List<Double> corrections(Improvement each) {
        List<Double> corrections = new ArrayList<>();
        PriorShifts.adaptations(each.stage().experiment(), (step, facts) -> {
            if (step.stage().equals(each.stage().name()) && Objects.equals(step.target(), each.language()))
                facts.get(Fact.PriorCorrection).ifPresent(corrections::add);
        });
        return corrections;
    }

    private static String mean(List<Double> values) {
        return Percent.signed(
                values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }
}
