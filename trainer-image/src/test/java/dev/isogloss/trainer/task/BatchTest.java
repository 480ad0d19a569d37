package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final Batch BATCH = Batch.of(
            List.of(
                    new Item(0, new int[] {5, 6}, new int[] {0, 1}, new int[] {1}, 0, new int[] {2}),
                    new Item(1, new int[] {7, 8, 9}, new int[] {0, 0, 1}, new int[] {0, 2}, 0, new int[] {
                        Item.UNLABELLED, 1
                    })),
            99);

    @Test
    void items_stand_side_by_side_padded_to_the_longest() {
        assertThat(BATCH.tokens().ids()).containsExactly(5, 6, 99, 7, 8, 9);
        assertThat(BATCH.tokens().types()).containsExactly(0, 1, 0, 0, 0, 1);
        assertThat(BATCH.tokens().lengths()).containsExactly(2, 3);
        assertThat(BATCH.tokens().width()).isEqualTo(3);
    }

    @Test
    void predictions_are_numbered_through_all_rows() {
        assertThat(BATCH.rows()).containsExactly(1, 3, 5);
        assertThat(BATCH.targets()).containsExactly(2, Item.UNLABELLED, 1);
        assertThat(BATCH.predictions()).containsExactly(1, 2);
        assertThat(BATCH.labelled()).containsExactly(0, 2);
    }
}
