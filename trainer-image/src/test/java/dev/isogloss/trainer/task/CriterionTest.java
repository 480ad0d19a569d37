package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune.PenaltyOver;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The loss of a head, against sums written out here in doubles.
class CriterionTest {
    private final Model model = TinyTransfer.model(Head.Token);
    private Scope scope = Scope.open();

    @BeforeEach
    void open() {
        scope.close();
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
        model.close();
    }

    /// Two sentences of different lengths; the second word of the first has no label.
    private static final List<Item> ITEMS = List.of(
            new Item(0, new int[] {5, 6, 7, 8, 9}, new int[5], new int[] {1, 2, 3}, 0, new int[] {0, Item.UNLABELLED, 2
            }),
            new Item(1, new int[] {10, 11, 12}, new int[3], new int[] {1}, 0, new int[] {1}));

    @Test
    void the_cross_entropy_counts_labelled_words_alone() {
        assertThat(loss(0, 0, PenaltyOver.Labels)).isCloseTo(crossEntropy(), within(1e-5));
    }

    @Test
    void a_penalty_over_labels_counts_the_words_that_have_one() {
        double[][] log = logProbabilities(ITEMS);

        assertThat(loss(0, 0.5, PenaltyOver.Labels))
                .isCloseTo(crossEntropy() + 0.5 * mean(log[0], log[2], log[3]), within(1e-5));
    }

    @Test
    void a_penalty_over_tokens_counts_every_position_but_padding() {
        List<Item> everywhere = ITEMS.stream()
                .map(item -> new Item(
                        item.example(),
                        item.ids(),
                        item.types(),
                        IntStream.range(0, item.length()).toArray(),
                        0,
                        new int[item.length()]))
                .toList();

        double[][] log = logProbabilities(everywhere);
        assertThat(log).hasDimensions(8, 3);
        assertThat(loss(0, 0.5, PenaltyOver.Tokens)).isCloseTo(crossEntropy() + 0.5 * mean(log), within(1e-5));
    }

    @Test
    void a_penalty_stands_beside_smoothed_labels() {
        double[][] log = logProbabilities(ITEMS);

        assertThat(loss(0.1, 0.5, PenaltyOver.Labels) - loss(0.1, 0, PenaltyOver.Labels))
                .isCloseTo(0.5 * mean(log[0], log[2], log[3]), within(1e-5));
    }

    @Test
    void a_batch_without_labels_has_a_loss_of_zero_and_no_penalty() {
        List<Item> unlabelled = ITEMS.stream()
                .map(item -> new Item(
                        item.example(), item.ids(), item.types(), new int[] {1}, 0, new int[] {Item.UNLABELLED}))
                .toList();
        Criterion criterion = new Criterion(0, 1, PenaltyOver.Labels);

        assertThat(model.loss(Batch.of(unlabelled, 0), criterion, Dropout.none(), Precision.Float32)
                        .toDouble())
                .isZero();
    }

    @Test
    void outputs_are_probabilities_item_by_item() {
        List<float[][]> outputs = model.outputs(Batch.of(ITEMS, 0), Precision.Float32);
        double[][] log = logProbabilities(ITEMS);

        assertThat(outputs).extracting(own -> own.length).containsExactly(3, 1);
        for (int label = 0; label < 3; label++)
            assertThat((double) outputs.get(1)[0][label]).isCloseTo(Math.exp(log[3][label]), within(1e-6));
    }

    private double loss(double smoothing, double penalty, PenaltyOver over) {
        Criterion criterion = new Criterion(smoothing, penalty, over);
        return model.loss(Batch.of(ITEMS, 0), criterion, Dropout.none(), Precision.Float32)
                .toDouble();
    }

    private double crossEntropy() {
        double[][] log = logProbabilities(ITEMS);
        return -(log[0][0] + log[2][2] + log[3][1]) / 3;
    }

    private static double mean(double[]... rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> Arrays.stream(row).map(l -> Math.exp(l) * l).sum())
                .average()
                .orElseThrow();
    }

    private double[][] logProbabilities(List<Item> items) {
        float[] logits = model.logits(Batch.of(items, 0), Dropout.none(), Precision.Float32)
                .toFloats();
        double[][] rows = new double[logits.length / 3][3];
        for (int i = 0; i < rows.length; i++) {
            double sum = 0;
            for (int label = 0; label < 3; label++) sum += Math.exp(logits[i * 3 + label]);
            for (int label = 0; label < 3; label++) rows[i][label] = logits[i * 3 + label] - Math.log(sum);
        }
        return rows;
    }
}
