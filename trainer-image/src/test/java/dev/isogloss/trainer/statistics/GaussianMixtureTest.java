package dev.isogloss.trainer.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Golden values by scikit-learn, which `src/test/python/mixture_golden.py` made, and properties.
class GaussianMixtureTest {

    private static JsonNode golden() {
        try (var in = GaussianMixtureTest.class.getResourceAsStream("mixture.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static double[] doubles(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).asDouble())
                .toArray();
    }

    @Test
    void fifty_sets_of_losses_have_the_mixture_that_scikit_learn_fits() {
        JsonNode cases = golden();
        assertThat(cases).hasSize(50);
        for (JsonNode expected : cases) {
            double[] values = doubles(expected.get("values"));

            GaussianMixture mixture = GaussianMixture.fit(values);

            String of = expected.toString();
            assertThat(mixture.rounds()).as(of).isEqualTo(expected.get("rounds").asInt());
            assertComponent(mixture.lower(), expected, 0);
            assertComponent(mixture.upper(), expected, 1);
            double[] lower = doubles(expected.get("lower"));
            for (int i = 0; i < values.length; i++)
                assertThat(mixture.isLower(values[i])).as(of).isCloseTo(lower[i], within(1e-6));
        }
    }

    private static void assertComponent(GaussianMixture.Component component, JsonNode expected, int k) {
        String of = expected.toString();
        assertThat(component.weight())
                .as(of)
                .isCloseTo(expected.get("weights").get(k).asDouble(), within(1e-6));
        assertThat(component.mean())
                .as(of)
                .isCloseTo(expected.get("means").get(k).asDouble(), within(1e-6));
        assertThat(component.variance())
                .as(of)
                .isCloseTo(expected.get("variances").get(k).asDouble(), within(1e-6));
    }

    @Property(tries = 300)
    void the_order_of_the_values_does_not_matter_and_components_are_ascending(
            @ForAll @Size(min = 2, max = 40) List<@DoubleRange(min = 0, max = 5) Double> losses) {
        double[] values = losses.stream().mapToDouble(d -> d).toArray();
        double[] reversed = losses.reversed().stream().mapToDouble(d -> d).toArray();
        if (losses.stream().distinct().count() < 2) return;

        GaussianMixture mixture = GaussianMixture.fit(values);

        assertThat(GaussianMixture.fit(reversed)).isEqualTo(mixture);
        assertThat(mixture.lower().mean()).isLessThanOrEqualTo(mixture.upper().mean());
        assertThat(mixture.lower().weight() + mixture.upper().weight()).isCloseTo(1, within(1e-9));
        assertThat(mixture.lower().variance()).isPositive();
        assertThat(mixture.upper().variance()).isPositive();
    }

    @Test
    void values_that_are_all_equal_have_no_two_components() {
        assertThatThrownBy(() -> GaussianMixture.fit(new double[] {0.5, 0.5, 0.5, 0.5}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
