package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.task.Windows.Window;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowsTest {

    @Test
    void a_sentence_that_fits_is_one_window() {
        assertThat(Windows.over(new int[] {1, 2, 1}, 8)).containsExactly(new Window(0, 0, 3));
    }

    @Test
    void the_next_window_reads_half_a_window_of_what_came_before() {
        int[] pieces = new int[10];
        Arrays.fill(pieces, 1);

        assertThat(Windows.over(pieces, 4))
                .containsExactly(new Window(0, 0, 4), new Window(2, 4, 6), new Window(4, 6, 8), new Window(6, 8, 10));
    }

    /// Two pieces of context and two of the next word are four.
    @Test
    void context_is_read_as_long_as_the_next_word_still_fits() {
        assertThat(Windows.over(new int[] {2, 2, 2}, 4)).containsExactly(new Window(0, 0, 2), new Window(1, 2, 3));
        assertThat(Windows.over(new int[] {2, 2, 3}, 4)).containsExactly(new Window(0, 0, 2), new Window(2, 2, 3));
    }

    @Property(tries = 300)
    void every_word_is_predicted_exactly_once_in_a_window_that_holds_it(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 12) Integer> sizes,
            @ForAll @IntRange(min = 4, max = 30) int budget) {
        int[] pieces = sizes.stream().mapToInt(Integer::intValue).toArray();

        int next = 0;
        for (Window window : Windows.over(pieces, budget)) {
            assertThat(window.from()).isEqualTo(next);
            assertThat(window.to()).isGreaterThan(window.from());
            assertThat(window.contextFrom()).isLessThanOrEqualTo(window.from());
            int read = Arrays.stream(pieces, window.contextFrom(), window.to()).sum();
            assertThat(read).isLessThanOrEqualTo(Math.max(budget, pieces[window.from()]));
            next = window.to();
        }
        assertThat(next).isEqualTo(pieces.length);
    }
}
