package dev.isogloss.trainer.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.report.Columns;
import dev.isogloss.trainer.analysis.Shifts;
import dev.isogloss.trainer.analysis.Shifts.Point;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a plan's analyses found, averaged over seeds.
public final class ShiftTable {
    private static final List<String> HEADER = List.of(
            "stage", "split", "language", "pooling", "feature shift", "gain %", "prior TV", "prior L1", "score %", "n");
    private static final int TEXTS = 4;

    private ShiftTable() {}

    /// Empty where nothing has been analysed.
    public static String of(Plan plan, Store store) {
        Map<List<String>, List<Point>> points = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps())
            if (step.spec() instanceof AnalyseStep && store.isDone(step.key()))
                for (Point point : read(store.made(step.key(), "analysis")).points())
                    points.computeIfAbsent(
                                    List.of(point.stage(), point.split(), point.language(), point.pooling()),
                                    _ -> new ArrayList<>())
                            .add(point);
        if (points.isEmpty()) return "";
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        points.forEach((place, seeds) -> lines.add(line(place, seeds)));
        return Columns.aligned(lines, TEXTS);
    }

    private static List<String> line(List<String> place, List<Point> seeds) {
        List<String> line = new ArrayList<>(place);
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
        if (known.length == 0) return "–";
        double sum = 0;
        for (double each : known) sum += each;
        return String.format(Locale.ROOT, "%." + places + "f", sum / known.length);
    }

    private static Shifts read(Path folder) {
        try {
            byte[] json = Files.readAllBytes(folder.resolve("analysis.json"));
            return StoreJson.MAPPER.readValue(json, Shifts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
