package dev.isogloss.trainer.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /// How often values fall into intervals of one width, the first of which begins at 0.
    record Histogram(String title, String xLabel, String yLabel, double width, List<Sample> samples) implements Figure {
        public Histogram {
            if (!(width > 0)) throw new IllegalArgumentException("an interval is wider than 0, not " + width);
            samples = List.copyOf(samples);
        }

        @Override
        public boolean isEmpty() {
            return samples.stream().allMatch(sample -> sample.values().length == 0);
        }

        /// How many values of a sample each interval has; those without any are left out.
        ///
        /// @return by the number of the interval, from `number · width` to the next one
        public SortedMap<Integer, Integer> counts(Sample sample) {
            SortedMap<Integer, Integer> counts = new TreeMap<>();
            for (double value : sample.values()) counts.merge((int) Math.floor(value / width + 1e-9), 1, Integer::sum);
            return counts;
        }

        /// Where an interval begins, without what binary fractions leave behind the ninth decimal.
        public double edge(int number) {
            return Math.rint(number * width * 1e9) / 1e9;
        }
    }

    /// @param values finite
    record Sample(String name, double[] values) {}
}
