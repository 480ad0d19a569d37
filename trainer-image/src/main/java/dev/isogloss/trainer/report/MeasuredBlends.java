package dev.isogloss.trainer.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.json.Json;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.report.BlendGeometry;
import dev.isogloss.report.BlendScore;
import dev.isogloss.report.Interpolations;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The tables that the stages `interpolate` of an experiment left in a store, read back.
public final class MeasuredBlends {
    private final Store store;
    private final List<BlendScore> lines = new ArrayList<>();
    private final List<BlendScore> planes = new ArrayList<>();
    private final Map<Three, List<BlendGeometry>> geometry = new LinkedHashMap<>();

    /// The three models of a stage, which a line and a plane share.
    private record Three(
            String stage, String target, @Nullable Long seed) {}

    private MeasuredBlends(Store store) {
        this.store = store;
    }

    public static Interpolations of(Plan plan, Store store) {
        return of(plan, store, _ -> true);
    }

    /// @param counts whether a step's tables are read
    static Interpolations of(Plan plan, Store store, Predicate<PlannedStep> counts) {
        MeasuredBlends read = new MeasuredBlends(store);
        int planned = 0;
        int made = 0;
        for (PlannedStep step : plan.steps())
            if (step.spec() instanceof InterpolateStep spec && counts.test(step)) {
                planned++;
                if (!store.isDone(step.key())) continue;
                made++;
                read.add(step, spec);
            }
        return new Interpolations(
                plan.name(),
                planned,
                made,
                List.copyOf(read.lines),
                List.copyOf(read.planes),
                read.geometry.values().stream().flatMap(List::stream).toList());
    }

    private void add(PlannedStep step, InterpolateStep spec) {
        String target = requireNonNull(step.target());
        Path analysis = store.made(step.key(), "analysis");
        try {
            Map<List<String>, Double> both = new HashMap<>();
            for (String[] row : rows(analysis.resolve("both.csv")))
                both.put(List.of(row[0], row[1]), Double.valueOf(row[2]));
            List<BlendScore> scores = spec.line() != null ? lines : planes;
            for (String[] row : rows(analysis.resolve(spec.line() != null ? "line.csv" : "plane.csv")))
                scores.add(new BlendScore(
                        step.stage(),
                        target,
                        step.seed(),
                        List.of(row[0], row[1]),
                        row[2],
                        row[3],
                        Double.parseDouble(row[4]),
                        both.getOrDefault(List.of(row[2], row[3]), Double.NaN)));
            geometry.computeIfAbsent(
                    new Three(step.stage(), target, step.seed()),
                    three -> geometry(three, analysis.resolve("geometry.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String[]> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static List<BlendGeometry> geometry(Three three, Path file) {
        try {
            JsonNode parts = Json.PLAIN.readTree(file.toFile());
            List<BlendGeometry> rows = new ArrayList<>();
            for (String part : List.of("all", "encoder", "head")) {
                JsonNode its = parts.path(part);
                rows.add(new BlendGeometry(
                        three.stage(),
                        three.target(),
                        three.seed(),
                        part,
                        its.path("normSource").asDouble(),
                        its.path("normTarget").asDouble(),
                        number(its.path("ratio")),
                        number(its.path("degrees"))));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? Double.valueOf(node.asDouble()) : null;
    }
}
