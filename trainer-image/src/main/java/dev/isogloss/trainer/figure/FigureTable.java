package dev.isogloss.trainer.figure;

import dev.isogloss.report.Csv;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.HeatMap;
import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import dev.isogloss.trainer.figure.Figure.Sample;
import dev.isogloss.trainer.figure.Figure.Scatter;

/// The numbers of a figure as CSV, in full.
public final class FigureTable {
    private FigureTable() {}

    public static String csv(Figure figure) {
        StringBuilder out = new StringBuilder();
        switch (figure) {
            case Lines lines -> {
                out.append(Csv.line("line", "x", "y", "low", "high"));
                for (Line line : lines.lines())
                    for (Point point : line.points())
                        out.append(Csv.line(line.name(), point.x(), point.y(), point.low(), point.high()));
            }
            case Scatter scatter -> {
                out.append(Csv.line("group", "x", "y"));
                for (Group group : scatter.groups())
                    for (double[] place : group.places()) out.append(Csv.line(group.name(), place[0], place[1]));
            }
            case Histogram histogram -> {
                out.append(Csv.line("sample", "from", "to", "count"));
                for (Sample sample : histogram.samples())
                    histogram
                            .counts(sample)
                            .forEach((bin, count) -> out.append(
                                    Csv.line(sample.name(), histogram.edge(bin), histogram.edge(bin + 1), count)));
            }
            case HeatMap map -> {
                out.append(Csv.line("x", "y", "value"));
                for (int row = 0; row < map.ys().length; row++)
                    for (int column = 0; column < map.xs().length; column++)
                        if (!Double.isNaN(map.values()[row][column]))
                            out.append(Csv.line(map.xs()[column], map.ys()[row], map.values()[row][column]));
            }
        }
        return out.toString();
    }
}
