package dev.isogloss.trainer.method.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod.Translated;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What stands beside a text in a batch of semantic alignment.
class SemanticAlignmentMethodTest {
    private static final List<Translated> TEXTS = texts();

    @Test
    void beside_a_text_stand_its_translations_and_as_many_texts_of_other_classes() {
        for (long update = 0; update < 20; update++)
            for (int chosen = 0; chosen < TEXTS.size(); chosen++) {
                Translated own = TEXTS.get(chosen);
                int translations = own.translations().size();

                List<Item> batch = batch(chosen, update, 0);

                assertThat(batch).hasSize(1 + 2 * translations);
                assertThat(batch.getFirst()).isSameAs(own.text());
                assertThat(batch.subList(1, 1 + translations)).isEqualTo(own.translations());
                assertThat(batch.subList(1 + translations, batch.size()))
                        .extracting(item -> item.targets()[0])
                        .doesNotContain(own.label());
            }
    }

    @Test
    void other_texts_are_drawn_anew_at_every_visit_and_each_has_its_turn() {
        Set<Integer> drawn = new HashSet<>();
        for (long update = 0; update < 50; update++) {
            List<Item> batch = batch(0, update, 0);
            assertThat(batch).isEqualTo(batch(0, update, 0));
            batch.subList(3, batch.size()).forEach(item -> drawn.add(item.example()));
        }

        assertThat(drawn)
                .containsExactlyInAnyOrderElementsOf(TEXTS.stream()
                        .filter(text -> text.label() != TEXTS.getFirst().label())
                        .map(text -> text.text().example())
                        .toList());
        assertThat(batch(0, 0, 1)).isNotEqualTo(batch(0, 0, 0));
    }

    /// Three texts with four translations each have two texts of other classes only.
    @Test
    void where_there_are_fewer_texts_of_other_classes_they_are_taken_again() {
        List<Item> source = TinyTransfer.source();
        List<Translated> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) three.add(new Translated(source.get(i), source.subList(10, 14)));

        List<Item> negatives = method(three).batch(0, 0, 0).subList(5, 9);

        assertThat(negatives).containsOnly(source.get(1), source.get(2));
        assertThat(negatives.subList(0, 2)).doesNotHaveDuplicates();
    }

    private static List<Item> batch(int chosen, long update, int place) {
        return method(TEXTS).batch(chosen, update, place);
    }

    private static SemanticAlignmentMethod method(List<Translated> texts) {
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            return new SemanticAlignmentMethod(
                    model,
                    texts,
                    new SemanticAlignment(1, 1e-5, 0.5, 0.3, 1),
                    new Optimiser(0, 0.9, 0.999, 1e-8, 0, Schedule.Constant, 0),
                    0,
                    Precision.Float32,
                    1);
        }
    }

    /// Of each text one or two translations, labelled as it is.
    private static List<Translated> texts() {
        List<Translated> texts = new ArrayList<>();
        List<Item> others = TinyTransfer.target();
        for (Item item : TinyTransfer.source()) {
            List<Item> translations = new ArrayList<>();
            for (int i = 0; i < 2 - item.example() % 2; i++) {
                Item other = others.get((item.example() + i) % others.size());
                translations.add(new Item(
                        other.example(), other.ids(), other.types(), other.positions(), other.first(), item.targets()));
            }
            texts.add(new Translated(item, translations));
        }
        return texts;
    }
}
