package dev.isogloss.trainer.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers to be seen: what a picture shows, before it is drawn. [FigureTable] writes them out, [FigureDrawing] draws
/// them.
public sealed interface Figure {
    String title();

    /// What the numbers are, with their unit.
    String xLabel();

    String yLabel();

    /// True without anything to draw.
    boolean isEmpty();

    /// Values along an axis, each line with a band about it where its spread is known.
    record Lines(String title, String xLabel, String yLabel, List<Line> lines) implements Figure {
        public Lines {
            lines = List.copyOf(lines);
        }

        @Override
        public boolean isEmpty() {
            return lines.stream().allMatch(line -> line.points().isEmpty());
        }
    }

    /// @param points by rising x
    record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /// @param low  of its band; null where no spread is known
    /// @param high likewise
    record Point(
            double x,
            double y,
            @Nullable Double low,
            @Nullable Double high) {
        public Point(double x, double y) {
            this(x, y, null, null);
        }
    }

    /// Points in the plane, in groups that look different.
    record Scatter(String title, String xLabel, String yLabel, List<Group> groups) implements Figure {
        public Scatter {
            groups = List.copyOf(groups);
        }

        @Override
        public boolean isEmpty() {
            return groups.stream().allMatch(group -> group.places().isEmpty());
        }
    }

    /// @param places x and y of each point
    record Group(String name, List<double[]> places) {
        public Group {
            places = List.copyOf(places);
        }

        /// One group a name, in the map's order.
        public static List<Group> all(Map<String, List<double[]>> places) {
            List<Group> groups = new ArrayList<>();
            places.forEach((name, its) -> groups.add(new Group(name, its)));
            return List.copyOf(groups);
        }
    }

    /// A value for every pair of places on two axes.
    ///
    /// @param xs     of the columns, rising
    /// @param ys     of the rows, rising
    /// @param values [rows][columns]; NaN where there is none
    /// @param label  what the values are
    record HeatMap(
            String title, String xLabel, String yLabel, double[] xs, double[] ys, double[][] values, String label)
            implements Figure {
        @Override
        public boolean isEmpty() {
            return xs.length == 0 || ys.length == 0;
        }
    }
}
