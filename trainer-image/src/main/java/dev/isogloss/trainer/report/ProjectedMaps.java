package dev.isogloss.trainer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.ProjectStep.ProjectedEncoder;
import dev.isogloss.report.Columns;
import dev.isogloss.report.Csv;
import dev.isogloss.result.Fact;
import dev.isogloss.trainer.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The maps that the stages `project` of an experiment left in a store.
public record ProjectedMaps(Plan plan, Store store) {
    private static final String PREFIX = "experiment,seed,map,";
    public static final String POINTS = PREFIX + "stage,target,group,example,number,text,label,x,y\n";
    public static final String VECTORS = PREFIX + "stage,target,group,example,number,vector\n";
    private static final List<String> HEADER =
            List.of("map", "seed", "of", "points", "divergence", "mixing %", "pair distance");
    private static final String NONE = "–";

    /// A map of one encoder or model.
    ///
    /// @param map          the stage that made it
    /// @param of           the stage that made the encoder, with its target behind a dot
    /// @param divergence   null unless by t-SNE
    /// @param mixing       null unless of several languages
    /// @param pairDistance null unless of pairs
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String map,
            long seed,
            String of,
            double points,
            @Nullable Double divergence,
            @Nullable Double mixing,
            @Nullable Double pairDistance) {}

    /// Of all maps that are done.
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (PlannedStep step : done()) {
            Map<String, Double> facts =
                    store.result(step.key()).orElseThrow().facts().byName();
            for (ProjectedEncoder each : ((ProjectStep) step.spec()).encoders())
                rows.add(new Row(
                        step.stage(),
                        step.seed() == null ? 0 : step.seed(),
                        each.name(),
                        facts.getOrDefault(name(Fact.Points, each), 0.0),
                        facts.get(name(Fact.Divergence, each)),
                        facts.get(name(Fact.Mixing, each)),
                        facts.get(name(Fact.PairDistance, each))));
        }
        return rows;
    }

    private static String name(Fact fact, ProjectedEncoder encoder) {
        return fact + "." + encoder.name();
    }

    /// Aligned columns; empty without maps.
    public String table() {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        for (Row row : rows())
            lines.add(List.of(
                    row.map(),
                    String.valueOf(row.seed()),
                    row.of(),
                    String.format(Locale.ROOT, "%.0f", row.points()),
                    number(row.divergence(), 1, 3),
                    number(row.mixing(), 100, 1),
                    number(row.pairDistance(), 1, 3)));
        return lines.size() == 1 ? "" : Columns.aligned(lines, 3);
    }

    private static String number(@Nullable Double value, double scale, int places) {
        return value == null ? NONE : String.format(Locale.ROOT, "%." + places + "f", scale * value);
    }

    /// A line a point.
    public void points(Consumer<String> out) {
        lines("points.csv", out);
    }

    /// A line a point with the numbers that it is a picture of.
    public void vectors(Consumer<String> out) {
        lines("vectors.csv", out);
    }

    /// The steps of the maps that are made.
    public List<PlannedStep> done() {
        return plan.steps().stream()
                .filter(step -> step.spec() instanceof ProjectStep && store.isDone(step.key()))
                .toList();
    }

    private void lines(String file, Consumer<String> out) {
        for (PlannedStep step : done()) {
            String prefix = Csv.line(plan.name(), step.seed(), step.stage()).strip() + ",";
            try (BufferedReader lines =
                    Files.newBufferedReader(store.made(step.key(), "analysis").resolve(file))) {
                lines.readLine();
                for (String line = lines.readLine(); line != null; line = lines.readLine())
                    out.accept(prefix + line + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
