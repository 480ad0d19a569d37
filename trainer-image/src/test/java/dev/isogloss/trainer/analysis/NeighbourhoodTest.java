package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {
    private static final double[][] LINE = {{0, 0}, {1, 0}, {5, 0}, {7, 0}};

    @Test
    void groups_that_lie_apart_do_not_mix() {
        assertThat(Neighbourhood.mixing(LINE, List.of("de", "de", "fr", "fr"))).isZero();
    }

    @Test
    void mixing_counts_those_whose_nearest_neighbour_is_a_stranger() {
        assertThat(Neighbourhood.mixing(LINE, List.of("de", "fr", "de", "fr"))).isEqualTo(1);
        assertThat(Neighbourhood.mixing(LINE, List.of("de", "de", "fr", "de"))).isEqualTo(0.5);
        assertThat(Neighbourhood.mixing(new double[][] {{0, 0}, {3, 4}, {0, 1}}, List.of("de", "fr", "fr")))
                .isEqualTo(2 / 3.0);
    }

    @Test
    void pairs_are_measured_by_the_mean_distance_of_any_two() {
        double mean = (1 + 5 + 7 + 4 + 6 + 2) / 6.0;

        assertThat(Neighbourhood.pairDistance(LINE, List.of(new int[] {0, 1}, new int[] {3, 2})))
                .isCloseTo((1 + 2) / 2.0 / mean, within(1e-12));
        assertThat(Neighbourhood.pairDistance(new double[][] {{0, 0}, {3, 4}}, List.of(new int[] {0, 1})))
                .isEqualTo(1);
    }
}
