package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final List<Item> ITEMS = List.of(
            new Item(0, new int[] {5, 6}, new int[] {0, 1}, new int[] {1}, 0, new int[] {2}),
            new Item(1, new int[] {7, 8, 9}, new int[] {0, 0, 1}, new int[] {0, 2}, 0, new int[] {Item.UNLABELLED, 1}));
    private static final Batch FILLED = Batch.of(ITEMS, 99, 4);

    @Test
    void on_a_cpu_items_stand_one_behind_the_other() {
        assumeThat(Engine.device()).isEqualTo(Device.CPU);
        Batch packed = Batch.of(ITEMS, 99);

        assertThat(packed.tokens().ids()).containsExactly(5, 6, 7, 8, 9);
        assertThat(packed.tokens().types()).containsExactly(0, 1, 0, 0, 1);
        assertThat(packed.tokens().lengths()).containsExactly(2, 3);
        assertThat(packed.tokens().starts()).containsExactly(0, 2);
        assertThat(packed.tokens().longest()).isEqualTo(3);
        assertThat(packed.rows()).containsExactly(1, 2, 4);
        assertThat(packed.predictions()).containsExactly(1, 2);
    }

    @Test
    void items_can_be_filled_up_to_one_width() {
        assertThat(FILLED.tokens().ids()).containsExactly(5, 6, 99, 99, 7, 8, 9, 99);
        assertThat(FILLED.tokens().types()).containsExactly(0, 1, 0, 0, 0, 0, 1, 0);
        assertThat(FILLED.tokens().lengths()).containsExactly(2, 3);
        assertThat(FILLED.tokens().unpadded()).containsExactly(0, 1, 4, 5, 6);
        assertThat(Batch.of(ITEMS, 99, 1).tokens().width())
                .as("none narrower than its longest item")
                .isEqualTo(3);
    }

    @Test
    void predictions_are_numbered_through_all_places() {
        assertThat(FILLED.rows()).containsExactly(1, 4, 6);
        assertThat(FILLED.targets()).containsExactly(2, Item.UNLABELLED, 1);
        assertThat(FILLED.predictions()).containsExactly(1, 2);
        assertThat(FILLED.labelled()).containsExactly(0, 2);
    }
}
