package dev.isogloss.trainer.report;

import dev.isogloss.report.Shifts;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The figures of a stage `analyse`: scores by the shift of features and of class shares, and shifts by layer (Xian, Ji
/// & Zhao 2022).
final class ShiftFigures {
    private ShiftFigures() {}

    static List<FigureSketch> of(ReportedExperiment experiment) {
        List<FigureSketch> figures = new ArrayList<>(scores(experiment));
        figures.addAll(layers(experiment));
        return figures;
    }

    private static List<FigureSketch> scores(ReportedExperiment experiment) {
        List<Shifts.Point> points = StoredResults.shifts(experiment.plan(), experiment.store()).stream()
                .filter(point -> point.score() != null)
                .toList();
        if (points.isEmpty()) return List.of();
        String metric = points.getFirst().metric() + ", per cent";
        return List.of(
                new FigureSketch(
                        "scores by feature shift",
                        title -> scatter(
                                title,
                                "conditional feature shift of the last layer",
                                metric,
                                points,
                                Shifts.Point::shift),
                        "One point a model, language and split."),
                new FigureSketch(
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
        return new Scatter(title, x, y, Group.all(groups));
    }

    private static List<FigureSketch> layers(ReportedExperiment experiment) {
        MeanLines lines = new MeanLines();
        for (Shifts.Layer layer : StoredResults.layers(experiment.plan(), experiment.store()))
            lines.add(layer.stage(), layer.layer(), layer.shift());
        return List.of(new FigureSketch(
                "feature shift by layer",
                title -> new Lines(title, "layer (0: the embeddings)", "conditional feature shift", lines.spread()),
                "Mean over languages, splits and seeds; bands are one standard deviation."));
    }
}
