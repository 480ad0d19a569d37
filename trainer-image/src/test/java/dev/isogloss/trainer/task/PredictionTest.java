package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Probabilities that are exact in binary.
class PredictionTest {

    @Test
    void confidence_and_loss_of_a_sentence_are_means_over_its_words() {
        Prediction prediction = prediction(new float[][] {{0.5f, 0.25f, 0.25f}, {0.125f, 0.75f, 0.125f}});

        assertThat(prediction.confidence()).isEqualTo((0.5 + 0.75) / 2);
        assertThat(prediction.selfLoss()).isCloseTo((Math.log(2) + Math.log(4 / 3.0)) / 2, within(1e-12));
    }

    @Test
    void what_has_no_word_is_not_sure_and_has_lost_nothing() {
        assertThat(prediction(new float[0][]).confidence()).isZero();
        assertThat(prediction(new float[0][]).selfLoss()).isZero();
    }

    @Test
    void of_equal_probabilities_the_first_label_is_predicted() {
        assertThat(Prediction.argmax(new float[] {0.25f, 0.375f, 0.375f})).isEqualTo(1);
    }

    private static Prediction prediction(float[][] probabilities) {
        return new Prediction("x", null, List.of(), probabilities);
    }
}
