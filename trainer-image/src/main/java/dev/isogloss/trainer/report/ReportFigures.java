package dev.isogloss.trainer.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.RoundMeasure;
import dev.isogloss.report.RoundMeasures;
import dev.isogloss.report.Shifts;
import dev.isogloss.report.Statistics;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.figure.Figure;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import dev.isogloss.trainer.figure.Figure.Scatter;
import dev.isogloss.trainer.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The figures that a plan's results can be drawn as: scores by round, scores by shift, maps of words and texts, and
/// the scores that trainings were selected by.
public final class ReportFigures {
    private final String experiment;
    private final Plan plan;
    private final Store store;
    private final Map<StepKey, StepResult> results;

    private ReportFigures(String experiment, Plan plan, Store store, Map<StepKey, StepResult> results) {
        this.experiment = experiment;
        this.plan = plan;
        this.store = store;
        this.results = results;
    }

    /// Those that have something to show.
    ///
    /// @param name    that the names of all begin with
    /// @param results of the steps that are done
    public static List<ReportFigure> of(String name, Plan plan, Store store, Map<StepKey, StepResult> results) {
        ReportFigures figures = new ReportFigures(name, plan, store, results);
        return Stream.of(
                        figures.rounds(),
                        figures.blends(),
                        figures.shifts(),
                        figures.layers(),
                        figures.maps(),
                        figures.curves())
                .flatMap(List::stream)
                .filter(figure -> !figure.figure().isEmpty())
                .collect(Collectors.collectingAndThen(Collectors.toList(), ReportFigures::ofTheirOwnNames));
    }

    /// A name is a file's, so the second figure of a name is NAME-2.
    private static List<ReportFigure> ofTheirOwnNames(List<ReportFigure> figures) {
        Map<String, ReportFigure> named = new LinkedHashMap<>();
        for (ReportFigure figure : figures) {
            String name = figure.name();
            for (int n = 2; named.containsKey(name); n++) name = figure.name() + "-" + n;
            named.put(name, new ReportFigure(name, figure.figure(), figure.caption()));
        }
        return List.copyOf(named.values());
    }

    private ReportFigure named(String what, Function<String, Figure> figure, String caption) {
        String name = (experiment + "-" + what).replaceAll("[^A-Za-z0-9._-]+", "-");
        return new ReportFigure(name, figure.apply(experiment + ": " + what), caption);
    }

    // ---- rounds

    /// One figure for each split, metric and language that rounds are measured in.
    private List<ReportFigure> rounds() {
        record Panel(String split, String measure, String language) {}
        Map<Panel, List<RoundMeasure>> panels = RoundMeasures.of(plan, results).stream()
                .filter(each -> each.measure().equals(mainMetric()) && each.language() != null && each.split() != null)
                .filter(each -> each.target() == null || each.target().equals(each.language()))
                .collect(Collectors.groupingBy(
                        each -> new Panel(
                                String.valueOf(each.split()), each.measure(), String.valueOf(each.language())),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return panels.entrySet().stream()
                .map(panel -> named(
                        "%s of %s by round"
                                .formatted(
                                        panel.getKey().split(), panel.getKey().language()),
                        title -> new Lines(
                                title, "round", panel.getKey().measure() + ", per cent", byRound(panel.getValue())),
                        "Each model's score after each round; bands are one standard deviation over seeds, where"
                                + " there are several."))
                .toList();
    }

    /// The metric that comes first in scores; empty without any.
    private String mainMetric() {
        return plan.steps().stream()
                .map(step -> results.get(step.key()))
                .filter(result -> result != null && !result.scores().isEmpty())
                .findFirst()
                .map(result -> result.scores().getFirst().metric().name())
                .orElse("");
    }

    private static List<Line> byRound(List<RoundMeasure> measures) {
        Map<String, Map<Integer, List<Double>>> models = new LinkedHashMap<>();
        for (RoundMeasure each : measures)
            models.computeIfAbsent(each.model(), _ -> new TreeMap<>())
                    .computeIfAbsent(each.round(), _ -> new ArrayList<>())
                    .add(100 * each.value());
        List<Line> lines = new ArrayList<>();
        models.forEach((model, rounds) -> lines.add(new Line(
                model,
                rounds.entrySet().stream()
                        .map(round -> spread(round.getKey(), round.getValue()))
                        .toList())));
        return lines;
    }

    /// The mean, and one standard deviation to each side.
    static Point spread(double x, List<Double> values) {
        Statistics over = Statistics.of(values);
        double mean = over.mean();
        Double std = over.std();
        return std == null ? new Point(x, mean) : new Point(x, mean, mean - std, mean + std);
    }

    // ---- models between models

    private List<ReportFigure> blends() {
        return InterpolationFigures.of(MeasuredBlends.of(plan, store)).stream()
                .map(sketch -> named(sketch.what(), sketch.of(), sketch.caption()))
                .toList();
    }

    // ---- shifts

    private List<ReportFigure> shifts() {
        List<Shifts.Point> points = StoredResults.shifts(plan, store).stream()
                .filter(point -> point.score() != null)
                .toList();
        if (points.isEmpty()) return List.of();
        String metric = points.getFirst().metric() + ", per cent";
        return List.of(
                named(
                        "scores by feature shift",
                        title -> scatter(
                                title,
                                "conditional feature shift of the last layer",
                                metric,
                                points,
                                Shifts.Point::shift),
                        "One point a model, language and split."),
                named(
                        "scores by prior shift",
                        title -> scatter(title, "prior shift (total variation)", metric, points, Shifts.Point::priorTv),
                        "One point a model, language and split."));
    }

    private static Scatter scatter(
            String title, String x, String y, List<Shifts.Point> points, ToDoubleFunction<Shifts.Point> shift) {
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        for (Shifts.Point point : points)
            groups.computeIfAbsent(point.stage(), _ -> new ArrayList<>()).add(new double[] {
                shift.applyAsDouble(point), 100 * (point.score() == null ? Double.NaN : point.score())
            });
        List<Group> all = new ArrayList<>();
        groups.forEach((stage, places) -> all.add(new Group(stage, places)));
        return new Scatter(title, x, y, all);
    }

    private List<ReportFigure> layers() {
        Map<String, Map<Integer, List<Double>>> stages = new LinkedHashMap<>();
        for (Shifts.Layer layer : StoredResults.layers(plan, store))
            stages.computeIfAbsent(layer.stage(), _ -> new TreeMap<>())
                    .computeIfAbsent(layer.layer(), _ -> new ArrayList<>())
                    .add(layer.shift());
        if (stages.isEmpty()) return List.of();
        List<Line> lines = new ArrayList<>();
        stages.forEach((stage, layers) -> lines.add(new Line(
                stage,
                layers.entrySet().stream()
                        .map(layer -> spread(layer.getKey(), layer.getValue()))
                        .toList())));
        return List.of(named(
                "feature shift by layer",
                title -> new Lines(title, "layer (0: the embeddings)", "conditional feature shift", lines),
                "Mean over languages, splits and seeds; bands are one standard deviation."));
    }

    // ---- maps

    private List<ReportFigure> maps() {
        List<ReportFigure> figures = new ArrayList<>();
        MapPoints points = new MapPoints(plan, store);
        for (PlannedStep step : plan.steps()) {
            if (!(step.spec() instanceof ProjectStep) || !results.containsKey(step.key())) continue;
            points.placesOf(step)
                    .forEach((of, groups) -> figures.add(named(
                            "%s of %s%s"
                                    .formatted(step.stage(), of, step.seed() == null ? "" : ", seed " + step.seed()),
                            title -> new Scatter(title, "", "", groups),
                            "Points of a plane that keeps near what is near; its axes have no meaning.")));
        }
        return figures;
    }

    // ---- curves

    private List<ReportFigure> curves() {
        Map<String, Map<Double, List<Double>>> stages = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps()) {
            StepResult result = results.get(step.key());
            if (result == null || !step.rounds().isEmpty()) continue;
            if (result.facts().get(Fact.SelectionScore).isEmpty()) continue;
            String name = step.target() == null ? step.stage() : step.stage() + " " + step.target();
            TrainingCurve.of(store.made(step.key(), "curve.jsonl"))
                    .forEach((update, score) -> stages.computeIfAbsent(name, _ -> new TreeMap<>())
                            .computeIfAbsent(update.doubleValue(), _ -> new ArrayList<>())
                            .add(100 * score));
        }
        List<Line> lines = new ArrayList<>();
        stages.forEach((stage, updates) -> lines.add(new Line(
                stage,
                updates.entrySet().stream()
                        .map(update -> spread(update.getKey(), update.getValue()))
                        .toList())));
        if (lines.isEmpty()) return List.of();
        return List.of(named(
                "score by update",
                title -> new Lines(title, "updates", "score that selects, per cent", lines),
                "The score by which the checkpoint was chosen, mean over seeds; bands are one standard deviation."));
    }
}
