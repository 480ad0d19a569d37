package dev.isogloss.report.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.report.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stars, beside a reference in Python: `reference.py` in the resources drew the answers and computed the rest.
class SignificanceTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/isogloss/report/benchmark");
    private static final int SAMPLES = 10_000;
    private static final int SAMPLES_THERE = 40_000;

    private static JsonNode reference() throws IOException {
        return new ObjectMapper().readTree(Files.readString(FOLDER.resolve("reference.json")));
    }

    private static ComparedSystem system(JsonNode right, String name) {
        Map<Long, Map<String, List<Outcome>>> outcomes = new TreeMap<>();
        right.path(name).properties().forEach(language -> {
            for (int s = 0; s < language.getValue().size(); s++) {
                String answers = language.getValue().get(s).asText();
                List<Outcome> all = new ArrayList<>();
                for (int i = 0; i < answers.length(); i++)
                    all.add(new Outcome(String.valueOf(i), List.of("x"), 2.0 * (answers.charAt(i) - '0'), 2));
                outcomes.computeIfAbsent(s + 1L, _ -> new TreeMap<>()).put(language.getKey(), all);
            }
        });
        return new ComparedSystem(name, Metric.Accuracy, outcomes);
    }

    @Test
    void p_is_that_of_the_reference_within_four_standard_errors_of_both() throws IOException {
        JsonNode reference = reference();
        Map<String, Comparison> comparisons = new HashMap<>();
        for (JsonNode row : reference.path("rows")) {
            Comparison comparison = comparisons.computeIfAbsent(
                    row.path("system").asText(),
                    name -> Comparison.of(
                            system(reference.path("right"), "baseline"),
                            system(reference.path("right"), name),
                            "test",
                            List.of("de", "fr"),
                            SAMPLES,
                            stream -> new Random(stream.hashCode())));
            var ours = Objects.requireNonNull(
                    comparison.rows().get(row.path("language").asText()));
            double p = row.path("p").asDouble();
            double error = Math.sqrt(p * (1 - p) * (1.0 / SAMPLES + 1.0 / SAMPLES_THERE)) + 1.0 / SAMPLES;

            assertThat(ours.difference()).isCloseTo(row.path("difference").asDouble(), within(1e-12));
            assertThat(ours.pRandomisation()).as(row.toString()).isCloseTo(p, within(4 * error));
        }
    }

    /// The reference's systems in the place of ours, with its p.
    @Test
    void holm_over_languages_and_systems_is_exactly_that_of_the_reference() throws IOException {
        Map<String, String> names = Map.of("near", "iwda", "better", "co", "worse", "labse");
        BenchmarkResults results = new BenchmarkResults();
        JsonNode rows = reference().path("rows");
        names.forEach((theirs, ours) -> {
            Map<String, Double> probabilities = new TreeMap<>();
            for (JsonNode row : rows)
                if (row.path("system").asText().equals(theirs))
                    probabilities.put(
                            row.path("language").asText(), row.path("p").asDouble());
            results.compared(ours, 0.6, 0.7, probabilities);
        });
        Significance significance = Significance.of(everywhere(results.outline), results.results());

        for (JsonNode row : rows) {
            String system = Objects.requireNonNull(names.get(row.path("system").asText()));
            Difference difference = Objects.requireNonNull(significance
                    .byColumn()
                    .getOrDefault(system, Map.of())
                    .get(row.path("language").asText()));
            assertThat(difference.adjusted())
                    .as(row.toString())
                    .isCloseTo(row.path("holm").asDouble(), within(1e-15));
        }
    }

    @Test
    void what_is_still_to_come_counts_as_the_least_sure_so_that_a_star_stays() {
        BenchmarkResults one = new BenchmarkResults()
                .compared("iwda", 0.6, 0.7, Map.of("de", 0.005, "en", 0.9, "fr", 0.001, "average", 0.02));
        BenchmarkResults all = new BenchmarkResults()
                .compared("iwda", 0.6, 0.7, Map.of("de", 0.005, "en", 0.9, "fr", 0.001, "average", 0.02))
                .compared("co", 0.6, 0.7, Map.of("de", 0.001, "en", 0.9, "fr", 0.001, "average", 0.01))
                .compared("labse", 0.6, 0.7, Map.of("de", 1e-4, "en", 0.8, "fr", 1e-4, "average", 0.03));

        // nine single languages, three averages
        assertThat(difference(one, "fr").adjusted()).isCloseTo(9 * 0.001, within(1e-12));
        assertThat(difference(one, "average").adjusted()).isCloseTo(3 * 0.02, within(1e-12));
        for (String column : List.of("de", "fr", "average"))
            assertThat(difference(all, column).stars())
                    .isGreaterThanOrEqualTo(difference(one, column).stars());
    }

    /// As if no system had several models for the source.
    private static BenchmarkOutline everywhere(BenchmarkOutline outline) {
        return new BenchmarkOutline(
                outline.metric(),
                outline.split(),
                outline.baseline(),
                outline.alpha(),
                outline.adjusted(),
                outline.systems().stream()
                        .map(system -> new SystemOutline(
                                system.name(),
                                system.candidates(),
                                system.choice(),
                                system.comparison(),
                                List.of("de", "en", "fr", "average")))
                        .toList(),
                outline.locations());
    }

    private static Difference difference(BenchmarkResults results, String column) {
        return Objects.requireNonNull(Significance.of(everywhere(results.outline), results.results())
                .byColumn()
                .getOrDefault("iwda", Map.of())
                .get(column));
    }

    @Test
    void without_a_correction_p_stays_as_it_is() {
        BenchmarkResults results = new BenchmarkResults("baseline: zero-shot", "baseline: zero-shot, correction: None")
                .compared("iwda", 0.6, 0.7, Map.of("de", 0.005, "en", 0.9, "fr", 0.001, "average", 0.02));

        assertThat(difference(results, "de").adjusted()).isEqualTo(0.005);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0", "0.049, 1", "0.01, 1", "0.0099, 2", "0.001, 2", "0.0009, 3"})
    void with_the_usual_alpha_stars_are_the_usual_ones(double p, int stars) {
        assertThat(Difference.stars(p, 0.05)).isEqualTo(stars);
    }
}
