package dev.isogloss.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.ProjectStep.ProjectedEncoder;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The maps that the stages `project` of an experiment make, with what is known of the vectors that they show.
///
/// @param planned how many steps make maps
/// @param made    how many of these are done
/// @param maps    of those that are done, one a step and encoder
public record ProjectedMaps(String name, int planned, int made, List<Row> maps) {
    private static final List<String> HEADER =
            List.of("map", "seed", "of", "points", "divergence", "mixing %", "pair distance");
    private static final int TEXTS = 3;

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
            @Nullable Long seed,
            String of,
            int points,
            @Nullable Double divergence,
            @Nullable Double mixing,
            @Nullable Double pairDistance) {}

    /// @param results of the steps that are done
    public static ProjectedMaps of(Plan plan, Map<StepKey, StepResult> results) {
        List<PlannedStep> planned = plan.steps().stream()
                .filter(step -> step.spec() instanceof ProjectStep)
                .toList();
        List<Row> rows = new ArrayList<>();
        int made = 0;
        for (PlannedStep step : planned) {
            StepResult result = results.get(step.key());
            if (result == null) continue;
            made++;
            for (ProjectedEncoder each : ((ProjectStep) step.spec()).encoders())
                rows.add(row(step, each, result.facts().byName()));
        }
        return new ProjectedMaps(plan.name(), planned.size(), made, rows);
    }

    private static Row row(PlannedStep step, ProjectedEncoder encoder, Map<String, Double> facts) {
        return new Row(
                step.stage(),
                step.seed(),
                encoder.name(),
                Objects.requireNonNull(fact(Fact.Points, encoder, facts)).intValue(),
                fact(Fact.Divergence, encoder, facts),
                fact(Fact.Mixing, encoder, facts),
                fact(Fact.PairDistance, encoder, facts));
    }

    private static @Nullable Double fact(Fact fact, ProjectedEncoder encoder, Map<String, Double> facts) {
        return facts.get(fact + "." + encoder.name());
    }

    /// Aligned columns; empty without maps.
    public String aligned() {
        if (maps.isEmpty()) return "";
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        for (Row row : maps)
            lines.add(List.of(
                    row.map(),
                    Objects.toString(row.seed(), Tables.NONE),
                    row.of(),
                    String.valueOf(row.points()),
                    number(row.divergence(), 1, 3),
                    number(row.mixing(), 100, 1),
                    number(row.pairDistance(), 1, 3)));
        return Columns.aligned(lines, TEXTS);
    }

    private static String number(@Nullable Double value, double scale, int places) {
        return value == null ? Tables.NONE : String.format(Locale.ROOT, "%." + places + "f", scale * value);
    }

    /// Every number in full.
    public String json() {
        return ReportJson.of(this) + "\n";
    }
}
