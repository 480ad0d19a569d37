package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Epochs cut into updates of several batches.
class BatchPlanTest {
    private static final int[] LENGTHS = {5, 3, 9, 4, 4, 7, 2, 8, 6, 1};

    /// Ten sequences in batches of four are three batches, and at two an update two updates, the second of one batch.
    @Test
    void an_update_reads_the_next_batches_of_its_epoch_and_the_last_one_what_is_left() {
        List<Long> asked = new ArrayList<>();
        BatchPlan plan = new BatchPlan(
                10,
                epoch -> {
                    asked.add(epoch);
                    return LENGTHS;
                },
                4,
                2,
                BatchOrder.Random,
                7);

        assertThat(plan.updatesPerEpoch()).isEqualTo(2);
        for (long epoch = 0; epoch < 3; epoch++) {
            List<int[]> batches = Batches.ofEpoch(LENGTHS, 4, BatchOrder.Random, 7, epoch);
            assertThat(plan.microBatches(2 * epoch)).containsExactlyElementsOf(batches.subList(0, 2));
            assertThat(plan.microBatches(2 * epoch + 1)).containsExactlyElementsOf(batches.subList(2, 3));
            assertThat(batches.stream().flatMapToInt(Arrays::stream))
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
        assertThat(asked).as("lengths are asked for once an epoch").containsExactly(0L, 1L, 2L);
    }

    @Test
    void batches_and_updates_that_come_out_even_have_no_rest() {
        assertThat(plan(8, 4, 2).updatesPerEpoch()).isEqualTo(1);
        assertThat(plan(9, 4, 1).updatesPerEpoch()).isEqualTo(3);
        assertThat(plan(16, 4, 2).updatesPerEpoch()).isEqualTo(2);
    }

    private static BatchPlan plan(int sequences, int batchSize, int accumulation) {
        return new BatchPlan(sequences, _ -> new int[sequences], batchSize, accumulation, BatchOrder.Random, 1);
    }

    /// Rates .1, .075, .05, .025 at a decay of 2: .8·.85·.9·.95.
    @Test
    void weights_that_nothing_reads_shrink_by_the_decay_of_every_update() {
        ParameterGroup group = new ParameterGroup(
                "group",
                new LinkedHashMap<>(),
                new LearningRate(0.1, Schedule.Linear, 0, 4),
                new Optimiser(2, 0.9, 0.999, 1e-8, 0, Schedule.Linear, 0));

        assertThat(group.decay(4)).isCloseTo(0.8 * 0.85 * 0.9 * 0.95, within(1e-12));
        assertThat(group.decay(1)).isCloseTo(0.8, within(1e-12));
        assertThat(group.decay(0)).isEqualTo(1);
    }
}
