package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.report.Summary;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Scores by a number that manifests differ in (Ding et al. 2022, figure 6): a line a language, and their mean. Only
/// experiments that are the same but for that number are drawn together; others would differ for more than one reason.
final class FieldFigures {
    private final SpecField field;
    private final AlikeExperiments alike;

    private FieldFigures(SpecField field, AlikeExperiments alike) {
        this.field = field;
        this.alike = alike;
    }

    /// @throws InvalidInput if no two experiments differ in the field alone, or if it is no number
    static FindingsTogether of(SpecField field, List<ReportedExperiment> experiments) {
        experiments.forEach(experiment -> requireNumber(field, experiment));
        FieldFigures figures = new FieldFigures(field, AlikeExperiments.of(field, experiments));
        figures.requireDifference(experiments);
        return figures.findings();
    }

    private static void requireNumber(SpecField field, ReportedExperiment experiment) {
        Set<Double> numbers = new TreeSet<>();
        for (JsonNode value : field.in(experiment.spec())) {
            if (!value.isNumber())
                throw new InvalidInput(
                        "--by %s: in %s it is %s, which is no number.".formatted(field, experiment.name(), value));
            numbers.add(value.asDouble());
        }
        if (numbers.size() > 1)
            throw new InvalidInput(
                    "--by %s: in %s it has several values, %s. Name one item of the list by its number, which counts from 0: stages[0].fineTune.epochs"
                            .formatted(
                                    field,
                                    experiment.name(),
                                    numbers.stream().map(AlikeExperiments::text).collect(Collectors.joining(", "))));
    }

    private void requireDifference(List<ReportedExperiment> experiments) {
        if (alike.groups().isEmpty())
            throw new InvalidInput(
                    "--by %s: no experiment of the report has this field. %s".formatted(field, namesakes(experiments)));
        if (!alike.different().isEmpty()) return;
        Map<String, Double> values = new TreeMap<>();
        alike.groups().forEach(one -> one.forEach((value, experiment) -> values.put(experiment.name(), value)));
        if (Set.copyOf(values.values()).size() == 1)
            throw new InvalidInput("--by %s: it is %s wherever it is set (%s), so there is nothing to compare."
                    .formatted(
                            field,
                            AlikeExperiments.text(values.values().iterator().next()),
                            String.join(", ", values.keySet())));
        throw new InvalidInput(
                "--by %s: no two experiments differ in it alone. Those that have it are %s; they may differ in seeds and names besides, and differ in more."
                        .formatted(
                                field,
                                values.entrySet().stream()
                                        .map(each -> "%s (%s)"
                                                .formatted(each.getKey(), AlikeExperiments.text(each.getValue())))
                                        .collect(Collectors.joining(", "))));
    }

    private String namesakes(List<ReportedExperiment> experiments) {
        Set<String> found = new TreeSet<>();
        experiments.forEach(experiment -> found.addAll(field.namesakes(experiment.spec())));
        return found.isEmpty()
                ? "Write its names from spec down with dots between, as in stages.fineTune.epochs."
                : "Did you mean %s?".formatted(String.join(" or ", found));
    }

    private FindingsTogether findings() {
        List<FigureSketch> figures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Map<Double, ReportedExperiment>> groups = alike.different();
        for (Map<Double, ReportedExperiment> values : groups) {
            Map<Double, Map<String, SummaryRow>> scores = new TreeMap<>();
            values.forEach((value, experiment) -> scores.put(value, FinalScores.of(experiment)));
            scores.values().removeIf(Map::isEmpty);
            String first = values.values().iterator().next().name();
            Map<Double, ReportedExperiment> scored = new TreeMap<>(values);
            scored.keySet().retainAll(scores.keySet());
            if (scored.size() > 1) figures.add(sketch(scored, scores, groups.size() == 1 ? "" : ", as " + first));
            else
                notes.add(
                        "Fewer than two of the experiments that differ in %s alone have scores of their last stage yet: %s."
                                .formatted(field, AlikeExperiments.described(values)));
        }
        return new FindingsTogether(figures, List.of(), notes);
    }

    private FigureSketch sketch(
            Map<Double, ReportedExperiment> values, Map<Double, Map<String, SummaryRow>> scores, String which) {
        SummaryRow best = values.values().iterator().next().summary().best();
        String measure = best == null ? "" : "%s on %s, per cent".formatted(best.metric(), best.split());
        return new FigureSketch(
                "score by " + field + which,
                title -> new Lines(title, field.toString(), measure, lines(scores)),
                "The last stage's score, mean over seeds; the band about the average over the targets is one standard"
                        + " deviation. The experiments differ in nothing else: " + AlikeExperiments.described(values)
                        + ".");
    }

    private static List<Line> lines(Map<Double, Map<String, SummaryRow>> scores) {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        Set<String> languages = new LinkedHashSet<>();
        scores.values().forEach(each -> languages.addAll(each.keySet()));
        if (languages.remove(Summary.AVERAGE)) languages.add(Summary.AVERAGE);
        languages.forEach(language -> lines.put(language, new ArrayList<>()));
        scores.forEach((value, rows) -> rows.forEach((language, row) ->
                lines.computeIfAbsent(language, _ -> new ArrayList<>()).add(point(value, row))));
        return lines.entrySet().stream()
                .map(line -> new Line(line.getKey(), line.getValue()))
                .toList();
    }

    private static Point point(double x, SummaryRow row) {
        double mean = 100 * row.mean();
        Double std = row.std();
        return row.language().equals(Summary.AVERAGE) && std != null
                ? new Point(x, mean, mean - 100 * std, mean + 100 * std)
                : new Point(x, mean);
    }
}
