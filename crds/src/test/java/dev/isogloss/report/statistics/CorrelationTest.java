package dev.isogloss.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    private static final double[] X = {0.31, 0.42, 0.42, 0.77, 0.15, 0.93, 0.58, 0.20};
    private static final double[] Y = {2.0, 1.7, 1.1, 0.4, 2.6, 0.3, 1.2, 1.2};
    private static final double[] Z = {0.1, 0.5, 0.2, 0.9, 0.3, 0.6, 0.8, 0.4};

    /// scipy.stats.pearsonr and spearmanr; the partial one from the residuals of numpy.polyfit(z, x, 1), (z, y, 1).
    @Test
    void correlations_are_those_of_scipy() {
        Correlation correlation = Correlation.of(X, Y, Z);

        assertThat(correlation.pearson()).isCloseTo(-0.8468389033701396, within(1e-12));
        assertThat(correlation.spearman()).isCloseTo(-0.8313253012048192, within(1e-12));
        assertThat(correlation.partial()).isCloseTo(-0.7351041288248661, within(1e-12));
    }

    @Test
    void too_few_points_and_series_that_stand_still_have_none() {
        Correlation two = Correlation.of(new double[] {1, 2}, new double[] {2, 1}, new double[] {0, 0});
        Correlation still = Correlation.of(X, new double[X.length], Z);

        assertThat(two.pearson()).isNaN();
        assertThat(still.spearman()).isNaN();
        assertThat(still.partial()).isNaN();
    }

    @Test
    void three_points_correlate_and_four_partially() {
        double[] rising = {1, 2, 4, 5};
        double[] falling = {9, 8, 5, 4};
        double[] other = {1, 0, 1, 0};

        Correlation three =
                Correlation.of(Arrays.copyOf(rising, 3), Arrays.copyOf(falling, 3), Arrays.copyOf(other, 3));

        assertThat(three.spearman()).isCloseTo(-1, within(1e-12));
        assertThat(three.pearson()).isBetween(-1.0, -0.9);
        assertThat(three.partial()).isNaN();
        assertThat(Correlation.of(rising, falling, other).partial()).isBetween(-1.0, -0.9);
    }

    @Test
    void equal_values_share_the_mean_of_their_ranks_which_count_from_1() {
        assertThat(Correlation.ranks(new double[] {5, 2, 5, 1, 5})).containsExactly(4, 2, 4, 1, 4);
    }
}
