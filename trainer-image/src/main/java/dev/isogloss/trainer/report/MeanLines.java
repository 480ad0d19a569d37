package dev.isogloss.trainer.report;

import dev.isogloss.report.Statistics;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Lines in the making: all values of each place of each line, of which means are drawn.
final class MeanLines {
    private final Map<String, Map<Double, List<Double>>> lines = new LinkedHashMap<>();

    void add(String line, double x, double value) {
        lines.computeIfAbsent(line, _ -> new TreeMap<>())
                .computeIfAbsent(x, _ -> new ArrayList<>())
                .add(value);
    }

    /// In the order in which they were begun, with bands of one standard deviation.
    List<Line> spread() {
        return by(MeanLines::spread);
    }

    /// @param point of a place and its values
    List<Line> by(BiFunction<Double, List<Double>, Point> point) {
        List<Line> drawn = new ArrayList<>();
        lines.forEach((name, places) -> drawn.add(new Line(
                name,
                places.entrySet().stream()
                        .map(place -> point.apply(place.getKey(), place.getValue()))
                        .toList())));
        return drawn;
    }

    /// The mean, and one standard deviation to each side.
    static Point spread(double x, List<Double> values) {
        Statistics over = Statistics.of(values);
        double mean = over.mean();
        Double std = over.std();
        return std == null ? new Point(x, mean) : new Point(x, mean, mean - std, mean + std);
    }
}
