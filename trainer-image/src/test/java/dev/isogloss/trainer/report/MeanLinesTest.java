package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanLinesTest {

    /// By hand: of 1 and 4 the mean is 2.5 and the sample standard deviation √((1.5² + 1.5²) / 1).
    @Test
    void a_band_is_one_sample_standard_deviation_wide_to_each_side() {
        double std = Math.sqrt(4.5);

        assertThat(MeanLines.spread(7, List.of(1.0, 4.0))).isEqualTo(new Point(7, 2.5, 2.5 - std, 2.5 + std));
        assertThat(MeanLines.spread(7, List.of(3.0))).isEqualTo(new Point(7, 3));
    }

    @Test
    void places_rise_whatever_the_order_of_their_values_and_lines_keep_theirs() {
        MeanLines lines = new MeanLines();
        lines.add("b", 2, 5);
        lines.add("a", 1, 7);
        lines.add("b", 1, 3);

        assertThat(lines.spread())
                .containsExactly(
                        new Line("b", List.of(new Point(1, 3), new Point(2, 5))),
                        new Line("a", List.of(new Point(1, 7))));
    }
}
