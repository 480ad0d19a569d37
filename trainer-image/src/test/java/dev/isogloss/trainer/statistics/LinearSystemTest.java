package dev.isogloss.trainer.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSystemTest {

    @Test
    void systems_are_solved_as_by_hand() {
        assertSolution(new double[][] {{2, 1}, {1, 3}}, new double[] {4, 7}, 1, 2);
        assertSolution(new double[][] {{1, 2, 3}, {0, 1, 4}, {5, 6, 0}}, new double[] {14, 14, 17}, 1, 2, 3);
    }

    @Test
    void the_greatest_entry_of_a_column_is_the_pivot_whatever_its_sign() {
        assertSolution(new double[][] {{0, 1}, {1, 0}}, new double[] {2, 3}, 3, 2);
        assertSolution(new double[][] {{1e-20, 1}, {1, 1}}, new double[] {1, 2}, 1, 1);
        assertSolution(new double[][] {{1e-20, 1}, {-1, 1}}, new double[] {1, 0}, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1, 1e9})
    void the_size_of_the_numbers_does_not_make_a_system_singular(double scale) {
        assertSolution(new double[][] {{scale, 0}, {0, 1e-13 * scale}}, new double[] {2 * scale, 3e-13 * scale}, 2, 3);
        assertSingular(new double[][] {{scale, 0}, {0, 1e-15 * scale}});
        assertSingular(new double[][] {{scale, 2 * scale}, {2 * scale, 4 * scale}});
    }

    @Test
    void a_matrix_of_nothing_and_one_with_a_number_that_is_none_are_singular() {
        assertSingular(new double[2][2]);
        assertSingular(new double[][] {{Double.NaN, 1}, {1, 1}});
    }

    private static void assertSolution(double[][] a, double[] b, double... x) {
        assertThat(LinearSystem.solve(a, b)).containsExactly(x, within(1e-9));
    }

    private static void assertSingular(double[][] a) {
        assertThatThrownBy(() -> LinearSystem.solve(a, new double[] {1, 1})).isInstanceOf(LinearSystem.Singular.class);
    }
}
