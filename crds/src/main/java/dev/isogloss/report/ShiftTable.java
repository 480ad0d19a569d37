package dev.isogloss.report;

import dev.isogloss.report.Shifts.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table of shifts, averaged over seeds.
public final class ShiftTable {
    private static final List<String> HEADER = List.of(
            "stage", "split", "language", "pooling", "feature shift", "gain %", "prior TV", "prior L1", "score %", "n");
    private static final int TEXTS = 4;

    private ShiftTable() {}

    /// Empty without points.
    public static String of(List<Point> points) {
        if (points.isEmpty()) return "";
        Map<List<String>, List<Point>> groups = new LinkedHashMap<>();
        for (Point point : points)
            groups.computeIfAbsent(
                            List.of(point.stage(), point.split(), point.language(), point.pooling()),
                            _ -> new ArrayList<>())
                    .add(point);
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        groups.forEach((group, seeds) -> lines.add(line(group, seeds)));
        return Columns.aligned(lines, TEXTS);
    }

    private static List<String> line(List<String> group, List<Point> seeds) {
        List<String> line = new ArrayList<>(group);
        line.add(mean(seeds, Point::shift, 1, 3));
        line.add(mean(seeds, Point::alignmentGain, 100, 1));
        line.add(mean(seeds, Point::priorTv, 1, 3));
        line.add(mean(seeds, Point::priorL1, 1, 3));
        line.add(mean(seeds, Point::score, 100, 2));
        line.add(String.valueOf(seeds.size()));
        return line;
    }

    private static String mean(List<Point> seeds, Function<Point, @Nullable Double> value, double scale, int places) {
        double[] known = seeds.stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(each -> each * scale)
                .toArray();
        if (known.length == 0) return Tables.NONE;
        double sum = 0;
        for (double each : known) sum += each;
        return String.format(Locale.ROOT, "%." + places + "f", sum / known.length);
    }
}
