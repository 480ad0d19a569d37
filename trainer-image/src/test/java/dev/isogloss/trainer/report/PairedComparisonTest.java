package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.report.statistics.PairedComparison;
import dev.isogloss.report.statistics.PairedOutcomes;
import dev.isogloss.trainer.random.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Comparisons drawn from the trainer's streams, beside numbers of NumPy and SciPy, which
/// `src/test/python/comparison_golden.py` made.
class PairedComparisonTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private final JsonNode golden = golden();

    private static JsonNode golden() {
        try (var in = PairedComparisonTest.class.getResourceAsStream("golden.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<PairedOutcomes> outcomes(JsonNode languages, String system) {
        List<PairedOutcomes> outcomes = new ArrayList<>();
        for (JsonNode language : languages)
            outcomes.add(new PairedOutcomes(
                    matrix(language.get(system).get(0)),
                    matrix(language.get(system).get(1))));
        return outcomes;
    }

    private static double[][] matrix(JsonNode rows) {
        double[][] matrix = new double[rows.size()][rows.get(0).size()];
        for (int i = 0; i < matrix.length; i++)
            for (int j = 0; j < matrix[i].length; j++)
                matrix[i][j] = rows.get(i).get(j).asDouble();
        return matrix;
    }

    private static PairedComparison compared(JsonNode languages, int resamples, long seed) {
        return PairedComparison.of(outcomes(languages, "a"), outcomes(languages, "b"), resamples, streams(seed));
    }

    private static Function<String, RandomGenerator> streams(long seed) {
        return name -> RandomStream.of(seed, name);
    }

    @Test
    void every_number_is_the_one_of_numpy() {
        for (JsonNode expected : golden.get("cases")) {
            PairedComparison found = compared(
                    expected.get("languages"),
                    golden.get("resamples").asInt(),
                    golden.get("seed").asLong());

            assertThat(found.a()).isCloseTo(expected.get("a").asDouble(), EXACT);
            assertThat(found.b()).isCloseTo(expected.get("b").asDouble(), EXACT);
            assertThat(found.difference()).isCloseTo(found.b() - found.a(), EXACT);
            assertThat(found.low()).isCloseTo(expected.get("low").asDouble(), EXACT);
            assertThat(found.high()).isCloseTo(expected.get("high").asDouble(), EXACT);
            assertThat(found.pBootstrap()).isCloseTo(expected.get("pBootstrap").asDouble(), EXACT);
            assertThat(found.pRandomisation())
                    .isCloseTo(expected.get("pRandomisation").asDouble(), EXACT);
            assertThat(found.effect()).isCloseTo(expected.get("effect").asDouble(), EXACT);
        }
    }

    @Test
    void randomisation_approaches_the_exact_test_over_all_swaps() {
        for (JsonNode expected : golden.get("cases")) {
            if (!expected.has("exact")) continue;
            double p = expected.get("exact").asDouble();

            // three standard deviations of a share of 20,000
            assertThat(compared(expected.get("languages"), 20_000, 3).pRandomisation())
                    .isCloseTo(p, within(3 * Math.sqrt(p * (1 - p) / 20_000) + 1e-4));
        }
    }

    @Test
    void holm_adjusts_in_the_order_of_the_p_values_and_answers_in_the_given_one() {
        for (JsonNode expected : golden.get("holm")) {
            List<Double> adjusted = PairedComparison.holm(doubles(expected.get("p")));

            for (int i = 0; i < adjusted.size(); i++)
                assertThat(adjusted.get(i))
                        .isCloseTo(expected.get("adjusted").get(i).asDouble(), within(1e-12));
        }
    }

    @Test
    void a_system_does_not_differ_from_itself() {
        JsonNode languages = golden.get("cases").get(0).get("languages");
        List<PairedOutcomes> a = outcomes(languages, "a");

        PairedComparison none = PairedComparison.of(a, a, 200, streams(1));

        assertThat(none.difference()).isZero();
        assertThat(none.pRandomisation()).isEqualTo(1);
        assertThat(none.pBootstrap()).isEqualTo(1);
        assertThat(none.effect()).isZero();
    }

    @Test
    void systems_on_different_examples_are_not_compared() {
        PairedOutcomes two = new PairedOutcomes(new double[1][2], new double[1][2]);
        PairedOutcomes three = new PairedOutcomes(new double[1][3], new double[1][3]);

        assertThatThrownBy(() -> PairedComparison.of(List.of(two), List.of(three), 10, streams(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Double> doubles(JsonNode array) {
        List<Double> values = new ArrayList<>();
        array.forEach(each -> values.add(each.asDouble()));
        return values;
    }
}
