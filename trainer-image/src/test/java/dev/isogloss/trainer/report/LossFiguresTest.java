package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.trainer.figure.Figure;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.Scatter;
import dev.isogloss.trainer.figure.FigureTable;
import dev.isogloss.trainer.task.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossFiguresTest {

    private static LabelledText text(int units, double loss, int wrong) {
        return new LabelledText(units, loss, 0.5, wrong);
    }

    private static Figure figure(List<LabelledText> texts, boolean words, String what) {
        return new LossFigures(texts, words)
                .of("labels, es", "Of model a.").stream()
                        .filter(sketch -> sketch.what().equals(what))
                        .findFirst()
                        .orElseThrow()
                        .of()
                        .apply("title");
    }

    @Test
    void a_sentence_with_two_wrong_words_is_counted_as_right_and_one_with_three_is_not() {
        Figure figure = figure(
                List.of(text(9, 0.104, 3), text(9, 0.101, 2), text(9, 0.231, 0), text(9, 0.109, 9)),
                true,
                "losses of labels, es");

        assertThat(FigureTable.csv(figure)).isEqualTo("""
                sample,from,to,count
                at most 2 words wrong,0.1,0.11,1
                at most 2 words wrong,0.23,0.24,1
                more than 2 words wrong,0.1,0.11,2
                """);
    }

    @Test
    void a_text_with_one_label_is_right_or_wrong_and_has_no_length() {
        List<LabelledText> texts = List.of(text(1, 0.1, 1), text(1, 0.2, 0));

        assertThat(FigureTable.csv(figure(texts, false, "losses of labels, es")))
                .isEqualTo("sample,from,to,count\nright,0.2,0.21,1\nwrong,0.1,0.11,1\n");
        assertThat(new LossFigures(texts, false).of("labels, es", "")).hasSize(1);
    }

    @Test
    void labels_whose_truth_is_not_known_are_a_sample_of_their_own() {
        assertThat(FigureTable.csv(figure(List.of(text(5, 0.1, -1)), true, "losses of labels, es")))
                .contains("truth not known,0.1,0.11,1");
    }

    @Test
    void sentences_stand_by_rising_length_and_of_many_every_second_is_drawn() {
        List<LabelledText> texts = new ArrayList<>();
        for (int i = 0; i < 1998; i++) texts.add(text(2000 - i, i, 0));
        texts.add(text(1, 0.5, 3));

        Scatter figure = (Scatter) figure(texts, true, "losses by length of labels, es");

        assertThat(figure.groups().stream().map(Group::name))
                .containsExactly("at most 2 words wrong", "more than 2 words wrong");
        assertThat(figure.groups().getLast().places().getFirst())
                .as("the shortest")
                .containsExactly(1, 0.5);
        assertThat(figure.groups().getFirst().places()).hasSize(999);
        assertThat(figure.groups().getFirst().places().getFirst()).containsExactly(3, 1996);
    }

    /// By hand: −(ln 0.5 + ln 0.8) / 2.
    @Test
    void a_text_is_read_with_the_loss_by_its_own_labels() {
        Prediction prediction =
                new Prediction("x", List.of("O", "B"), List.of("O", "O"), new float[][] {{0.5f, 0.5f}, {0.8f, 0.2f}});

        LabelledText text = LabelledText.of(prediction);

        assertThat(text.units()).isEqualTo(2);
        assertThat(text.wrong()).isEqualTo(1);
        assertThat(text.loss()).isCloseTo(0.4581, within(1e-4));
        assertThat(text.confidence()).isCloseTo(0.65, within(1e-6));
    }
}
