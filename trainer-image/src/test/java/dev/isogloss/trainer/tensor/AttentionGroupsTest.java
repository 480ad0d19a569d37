package dev.isogloss.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.tensor.AttentionGroups.Group;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which texts share a group, worked out by hand: a group costs its texts times the square of its longest, and a fixed
/// sum.
class AttentionGroupsTest {

    @Test
    void texts_of_one_length_stay_in_their_order_and_together() {
        assertThat(sizes(new int[] {7, 7, 7}, 0)).isEqualTo("3 of 7");
    }

    /// One group: 4 · 100 = 400 and 10. Apart: 100 and 3 · 4, and twice 10.
    @Test
    void short_texts_part_from_a_long_one() {
        int[] lengths = {2, 10, 2, 2};
        assertThat(sizes(lengths, 10)).isEqualTo("1 of 10, 3 of 2");
        assertThat(AttentionGroups.split(lengths, 10).getLast().texts()).containsExactly(0, 2, 3);
    }

    /// The same where a group costs 288: 688 together, and 688 apart. Where one costs 289, together is cheaper.
    @Test
    void a_group_that_costs_more_than_it_saves_is_not_made() {
        assertThat(sizes(new int[] {2, 10, 2, 2}, 287)).isEqualTo("1 of 10, 3 of 2");
        assertThat(sizes(new int[] {2, 10, 2, 2}, 289)).isEqualTo("4 of 10");
        assertThat(AttentionGroups.split(new int[] {2, 10, 2, 2}, 289)
                        .getFirst()
                        .texts())
                .as("one group moves no text")
                .containsExactly(0, 1, 2, 3);
    }

    /// 2 · 100 for the two long ones, and 3 · 9: nearly equal lengths stay together, far ones do not.
    @Test
    void groups_end_where_lengths_fall_most() {
        assertThat(sizes(new int[] {9, 3, 10, 1, 3}, 20)).isEqualTo("2 of 10, 3 of 3");
    }

    private static String sizes(int[] lengths, long each) {
        List<Group> groups = AttentionGroups.split(lengths, each);
        assertThat(groups.stream()
                        .flatMapToInt(group -> Arrays.stream(group.texts()))
                        .toArray())
                .hasSize(lengths.length)
                .doesNotHaveDuplicates();
        return String.join(
                ", ",
                groups.stream()
                        .map(group -> group.texts().length + " of " + group.width())
                        .toList());
    }
}
