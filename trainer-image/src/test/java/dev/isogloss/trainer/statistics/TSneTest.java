package dev.isogloss.trainer.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Beside scikit-learn; `src/test/python/tsne_golden.py` made the numbers.
class TSneTest {

    static Stream<Arguments> cases() throws IOException {
        try (var in = TSneTest.class.getResourceAsStream("tsne.json")) {
            List<Arguments> cases = new ArrayList<>();
            new ObjectMapper()
                    .readTree(Objects.requireNonNull(in))
                    .forEach(each -> cases.add(Arguments.of(each.get("name").asText(), each)));
            assertThat(cases).hasSize(6);
            return cases.stream();
        }
    }

    private static double[][] matrix(JsonNode rows) {
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = new double[rows.get(i).size()];
            for (int k = 0; k < matrix[i].length; k++)
                matrix[i][k] = rows.get(i).get(k).asDouble();
        }
        return matrix;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void affinities_are_those_of_scikit_learn(String name, JsonNode expected) {
        double[][] p = TSne.affinities(
                matrix(expected.get("x")), expected.get("perplexity").asDouble());

        double[][] joint = matrix(expected.get("joint"));
        for (int i = 0; i < joint.length; i++) assertThat(p[i]).containsExactly(joint[i], within(1e-6));
        assertThat(Arrays.stream(p).flatMapToDouble(Arrays::stream).sum()).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_map_diverges_less_than_most_of_scikit_learn_from_random_starts(String name, JsonNode expected) {
        double[][] x = matrix(expected.get("x"));
        TSne.Map map = TSne.of(x, expected.get("perplexity").asDouble(), 1000);

        double[] theirs = matrix(new ObjectMapper().createArrayNode().add(expected.get("divergences")))[0];
        Arrays.sort(theirs);
        assertThat(theirs).hasSize(11);
        assertThat(map.divergence()).isBetween(0.9 * theirs[0], theirs[5] + 1e-4);
        assertThat(TSne.of(x, expected.get("perplexity").asDouble(), 1000).points())
                .isDeepEqualTo(map.points());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void principal_components_are_those_of_scikit_learn_up_to_their_sign(String name, JsonNode expected) {
        double[][] scores = PrincipalComponents.scores(matrix(expected.get("x")), 2);
        double[][] theirs = matrix(expected.get("components"));

        for (int axis = 0; axis < 2; axis++) {
            int farthest = 0;
            for (int i = 0; i < scores.length; i++)
                if (Math.abs(scores[i][axis]) > Math.abs(scores[farthest][axis])) farthest = i;
            assertThat(scores[farthest][axis]).isPositive();
            double sign = Math.signum(theirs[farthest][axis]);
            for (int i = 0; i < scores.length; i++)
                assertThat(scores[i][axis]).isCloseTo(sign * theirs[i][axis], within(1e-8));
        }
    }

    @Test
    void clusters_stay_together() throws IOException {
        JsonNode three = (JsonNode) cases().toList().getFirst().get()[1];
        double[][] points = TSne.of(matrix(three.get("x")), 10, 1000).points();

        for (int i = 0; i < points.length; i++) {
            int nearest = -1;
            for (int j = 0; j < points.length; j++)
                if (j != i && (nearest < 0 || distance(points, i, j) < distance(points, i, nearest))) nearest = j;
            assertThat(nearest / 15).as("of point " + i).isEqualTo(i / 15);
        }
    }

    private static double distance(double[][] points, int i, int j) {
        return Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]);
    }

    @Test
    void the_map_from_one_start_is_one_of_those_that_the_best_is_chosen_of() {
        double[][] x = new double[30][];
        for (int i = 0; i < x.length; i++) x[i] = new double[] {Math.sin(i), Math.cos(3 * i), i % 3, i % 2};

        double one = TSne.fromOneStart(x, 9, 1000).divergence();

        assertThat(one).isGreaterThanOrEqualTo(TSne.of(x, 9, 1000).divergence()).isLessThan(1);
    }

    @Test
    void points_without_spread_stay_where_they_are() {
        double[][] same = new double[5][3];

        assertThat(PrincipalComponents.scores(same, 2)).isDeepEqualTo(new double[5][2]);
        assertThat(TSne.of(same, TSne.perplexity(5), 10).divergence()).isCloseTo(0, within(1e-9));
    }

    @Test
    void few_points_bear_little_perplexity() {
        assertThat(TSne.perplexity(7)).isEqualTo(2);
        assertThat(TSne.perplexity(1000)).isEqualTo(30);
    }
}
