package dev.isogloss.trainer.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Projections worked out by hand.
class WeightProjectionTest {

    /// τ = (p·v − 1)/‖p‖² over the classes that stay above 0, and w = v − τp.
    @Test
    void the_nearest_weights_are_v_less_a_multiple_of_the_shares() {
        assertEuclidean(new double[] {2, 1}, new double[] {0.5, 0.5}, 1.5, 0.5); // τ = .5/.5
        assertEuclidean(new double[] {0, 0}, new double[] {0.5, 0.5}, 1, 1); // τ = −1/.5
        assertEuclidean(new double[] {4, 1.5}, new double[] {0.2, 0.8}, 4 - 0.2 / 0.68, 1.5 - 0.8 / 0.68); // τ = 1/.68
        assertEuclidean(new double[] {1, 2}, new double[] {0.1, 0.9}, 1 - 0.09 / 0.82, 2 - 0.81 / 0.82); // τ = .9/.82
    }

    @Test
    void classes_that_would_fall_below_0_stay_at_0_and_the_others_share_the_rest() {
        assertEuclidean(new double[] {3, 0}, new double[] {0.5, 0.5}, 2, 0);
        assertEuclidean(new double[] {0, 3}, new double[] {0.5, 0.5}, 0, 2);
        assertEuclidean(new double[] {12, 1}, new double[] {0.1, 0.9}, 10, 0); // τ = .2/.01
        assertEuclidean(new double[] {-1, 2, 3}, new double[] {0.25, 0.25, 0.5}, 0, 1.2, 1.4); // τ = 1/.3125
    }

    @Test
    void weights_that_are_within_the_constraints_stay() {
        assertEuclidean(new double[] {0.4, 1.6}, new double[] {0.5, 0.5}, 0.4, 1.6);
        assertThat(WeightProjection.radial(new double[] {0.4, 1.6}, new double[] {0.5, 0.5}))
                .containsExactly(new double[] {0.4, 1.6}, within(1e-12));
    }

    @Test
    void a_class_that_does_not_occur_weighs_1_and_does_not_count() {
        assertEuclidean(new double[] {3, 70, 0}, new double[] {0.5, 0, 0.5}, 2, 1, 0);
        assertThat(WeightProjection.radial(new double[] {3, 70, 1}, new double[] {0.5, 0, 0.5}))
                .containsExactly(new double[] {1.5, 1, 0.5}, within(1e-12));
    }

    @Test
    void the_radial_projection_cuts_at_0_and_scales() {
        assertThat(WeightProjection.radial(new double[] {3, -1}, new double[] {0.5, 0.5}))
                .containsExactly(new double[] {2, 0}, within(1e-12));
        assertThat(WeightProjection.radial(new double[] {1, 2}, new double[] {0.2, 0.8}))
                .containsExactly(new double[] {1 / 1.8, 2 / 1.8}, within(1e-12));
    }

    @Test
    void where_nothing_is_left_to_scale_all_weigh_1() {
        assertThat(WeightProjection.radial(new double[] {-3, 0}, new double[] {0.5, 0.5}))
                .containsExactly(1, 1);
    }

    private static void assertEuclidean(double[] v, double[] p, double... w) {
        assertThat(WeightProjection.euclidean(v, p)).containsExactly(w, within(1e-12));
    }
}
