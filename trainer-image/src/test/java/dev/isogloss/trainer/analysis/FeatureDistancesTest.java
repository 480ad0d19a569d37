package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Beside NumPy; `src/test/python/distances_golden.py` made the numbers.
class FeatureDistancesTest {
    private static final double[][] HERE = {{0, 0}, {1, 0}, {0, 2}};
    private static final double[][] THERE = {{5, 5}, {6, 5}, {5, 8}};

    @BeforeAll
    static void engine() {
        Engine.start(1, Device.CPU, true);
    }

    private static JsonNode golden() throws IOException {
        try (var in = FeatureDistancesTest.class.getResourceAsStream("distances.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    private static double[][] matrix(JsonNode rows) {
        return new ObjectMapper().convertValue(rows, double[][].class);
    }

    private static LastFeatures features(List<Integer> classes, double[]... rows) {
        return new LastFeatures(Map.of("mean", List.of(rows)), classes);
    }

    private static LastFeatures features(double[][] rows) {
        return features(Collections.nCopies(rows.length, 0), rows);
    }

    private static double cka(double[][] x, double[][] y) {
        return FeatureDistances.linearCka(features(x), features(y), "mean");
    }

    @Test
    void the_maximum_mean_discrepancy_is_that_of_numpy() throws IOException {
        for (JsonNode expected : golden())
            assertThat(FeatureDistances.mmd(matrix(expected.get("x")), matrix(expected.get("y"))))
                    .isCloseTo(expected.get("mmd").asDouble(), within(1e-9));
    }

    @Test
    void kernel_alignment_is_that_of_numpy() throws IOException {
        int compared = 0;
        for (JsonNode expected : golden()) {
            if (!expected.has("cka")) continue;
            compared++;
            assertThat(cka(matrix(expected.get("x")), matrix(expected.get("y"))))
                    .isCloseTo(1 - expected.get("cka").asDouble(), within(1e-9));
        }
        assertThat(compared).isEqualTo(2);
    }

    @Test
    void what_is_turned_moved_and_scaled_is_aligned() {
        double[][] turned = Arrays.stream(HERE)
                .map(row -> new double[] {7 - 3 * row[1], 3 * row[0] - 1})
                .toArray(double[][]::new);

        assertThat(cka(HERE, turned)).isCloseTo(0, within(1e-12));
    }

    @Test
    void points_do_not_differ_from_themselves_nor_where_all_are_one_point() {
        double[][] same = {{1, 2}, {1, 2}};

        assertThat(FeatureDistances.mmd(HERE, HERE)).isCloseTo(0, within(1e-7));
        assertThat(FeatureDistances.mmd(same, same)).isZero();
    }

    @Test
    void the_discrepancy_is_the_mean_over_classes_that_both_have() {
        LastFeatures source =
                features(List.of(0, 0, 0, 1, 1, 2), HERE[0], HERE[1], HERE[2], THERE[0], THERE[1], HERE[0]);
        LastFeatures target = features(List.of(1, 0, 0, 3), HERE[1], THERE[0], THERE[2], HERE[0]);

        assertThat(FeatureDistances.kernelMmd(source, target, "mean"))
                .isCloseTo(
                        (FeatureDistances.mmd(HERE, new double[][] {THERE[0], THERE[2]})
                                        + FeatureDistances.mmd(
                                                new double[][] {THERE[0], THERE[1]}, new double[][] {HERE[1]}))
                                / 2,
                        within(1e-12));
    }

    @Test
    void without_a_common_class_there_is_no_discrepancy() {
        assertThat(FeatureDistances.kernelMmd(features(List.of(0), HERE[0]), features(List.of(1), HERE[0]), "mean"))
                .isNaN();
    }
}
