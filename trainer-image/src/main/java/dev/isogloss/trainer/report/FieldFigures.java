package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
/// experiments that are the same but for that number, their seeds and their names are drawn together; others would
/// differ for more than one reason.
final class FieldFigures {
    /// Members of a spec that no score depends on, or that scores are means over.
    private static final List<String> ASIDE =
            List.of("seeds", "storage", "runtime", "suspend", "ttlSecondsAfterFinished");

    private final SpecField field;

    /// Experiments by the rest of their manifests, and within that by the number.
    private final Map<JsonNode, Map<Double, ReportedExperiment>> alike = new LinkedHashMap<>();

    private FieldFigures(SpecField field) {
        this.field = field;
    }

    /// @throws InvalidInput if no two experiments differ in the field alone, or if it is no number
    static FindingsTogether of(SpecField field, List<ReportedExperiment> experiments) {
        FieldFigures figures = new FieldFigures(field);
        experiments.forEach(figures::add);
        figures.requireDifference(experiments);
        return figures.findings();
    }

    private void add(ReportedExperiment experiment) {
        List<JsonNode> values = field.in(experiment.spec());
        if (values.isEmpty()) return;
        for (JsonNode value : values)
            if (!value.isNumber())
                throw new InvalidInput(
                        "--by %s: in %s it is %s, which is no number.".formatted(field, experiment.name(), value));
        Set<Double> numbers = values.stream().map(JsonNode::asDouble).collect(Collectors.toCollection(TreeSet::new));
        if (numbers.size() > 1)
            throw new InvalidInput(
                    "--by %s: in %s it has several values, %s. Name one item of the list by its number, which counts from 0: %s"
                            .formatted(field, experiment.name(), list(numbers), "stages[0].fineTune.epochs"));
        alike.computeIfAbsent(rest(experiment.spec()), _ -> new TreeMap<>())
                .merge(numbers.iterator().next(), experiment, FieldFigures::ofMoreSeeds);
    }

    private static ReportedExperiment ofMoreSeeds(ReportedExperiment one, ReportedExperiment other) {
        return other.results().size() > one.results().size() ? other : one;
    }

    private JsonNode rest(JsonNode spec) {
        ObjectNode rest = (ObjectNode) field.without(spec);
        rest.remove(ASIDE);
        rest.path("stages").forEach(stage -> ((ObjectNode) stage).remove("name"));
        return rest;
    }

    private void requireDifference(List<ReportedExperiment> experiments) {
        if (alike.isEmpty())
            throw new InvalidInput(
                    "--by %s: no experiment of the report has this field. %s".formatted(field, namesakes(experiments)));
        if (alike.values().stream().anyMatch(values -> values.size() > 1)) return;
        Map<String, Double> values = new TreeMap<>();
        alike.values().forEach(one -> one.forEach((value, experiment) -> values.put(experiment.name(), value)));
        if (Set.copyOf(values.values()).size() == 1)
            throw new InvalidInput("--by %s: it is %s wherever it is set (%s), so there is nothing to compare."
                    .formatted(field, number(values.values().iterator().next()), String.join(", ", values.keySet())));
        throw new InvalidInput(
                "--by %s: no two experiments differ in it alone. Those that have it are %s; they may differ in seeds and names besides, and differ in more."
                        .formatted(
                                field,
                                values.entrySet().stream()
                                        .map(each -> "%s (%s)".formatted(each.getKey(), number(each.getValue())))
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
        List<Map<Double, ReportedExperiment>> groups =
                alike.values().stream().filter(values -> values.size() > 1).toList();
        for (Map<Double, ReportedExperiment> values : groups) {
            Map<Double, ReportedExperiment> scored = new TreeMap<>(values);
            scored.values().removeIf(experiment -> FinalScores.of(experiment).isEmpty());
            String first = values.values().iterator().next().name();
            if (scored.size() > 1) figures.add(sketch(scored, groups.size() == 1 ? "" : ", as " + first));
            else
                notes.add(
                        "Fewer than two of the experiments that differ in %s alone have scores of their last stage yet: %s."
                                .formatted(field, described(values)));
        }
        return new FindingsTogether(figures, List.of(), notes);
    }

    private FigureSketch sketch(Map<Double, ReportedExperiment> values, String which) {
        SummaryRow best = values.values().iterator().next().summary().best();
        String measure = best == null ? "" : "%s on %s, per cent".formatted(best.metric(), best.split());
        return new FigureSketch(
                "score by " + field + which,
                title -> new Lines(title, field.toString(), measure, lines(values)),
                "The last stage's score, mean over seeds; the band about the average over the targets is one standard"
                        + " deviation. The experiments differ in nothing else: " + described(values) + ".");
    }

    private static List<Line> lines(Map<Double, ReportedExperiment> values) {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        Set<String> languages = new LinkedHashSet<>();
        values.values().forEach(each -> languages.addAll(FinalScores.of(each).keySet()));
        if (languages.remove(Summary.AVERAGE)) languages.add(Summary.AVERAGE);
        languages.forEach(language -> lines.put(language, new ArrayList<>()));
        values.forEach((value, experiment) -> FinalScores.of(experiment)
                .forEach((language, row) -> lines.get(language).add(point(value, row))));
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

    private static String described(Map<Double, ReportedExperiment> values) {
        return values.entrySet().stream()
                .map(each -> "%s (%s)".formatted(each.getValue().name(), number(each.getKey())))
                .collect(Collectors.joining(", "));
    }

    private static String list(Set<Double> numbers) {
        return numbers.stream().map(FieldFigures::number).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
