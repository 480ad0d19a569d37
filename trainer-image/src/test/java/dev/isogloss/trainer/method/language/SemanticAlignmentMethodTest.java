package dev.isogloss.trainer.method.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.method.BatchPlan;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod.Translated;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Criterion;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /// By the parts that other tests hold: the cross-entropy of all 2b + 1 texts, and λ times the alignment of the
    /// first with its b translations; each text of an update weighs the same.
    @ParameterizedTest
    @CsvSource({"0, 3, 1", "0.25, 3, 1", "0.25, 20, 2"})
    void each_text_brings_the_cross_entropy_of_its_batch_and_its_own_alignment(double weight, int texts, int passes) {
        SemanticAlignment settings = new SemanticAlignment(1, 1e-5, weight, 0.3, texts);
        try (Model model = TinyTransfer.model(Head.Pooled);
                Scope _ = Scope.open()) {
            SemanticAlignmentMethod method = method(model, TEXTS, settings);
            Objective objective = method.objectives(2).getFirst();
            List<Double> expected = new ArrayList<>();
            long examples = 0;
            long tokens = 0;
            int[] chosen = new BatchPlan(20, _ -> new int[20], texts, 1, BatchOrder.Random, 1)
                    .microBatches(2)
                    .getFirst();
            for (int i = 0; i < chosen.length; i++) {
                List<Item> items = method.batch(chosen[i], 2, i);
                Batch batch = model.batch(items);
                double loss = model.loss(batch, Criterion.CROSS_ENTROPY, Dropout.none(), Precision.Float32)
                        .toDouble();
                Tensor h = SentenceVectors.normalised(model.encoder()
                        .encode(batch.tokens(), OutputRequest.first(), Dropout.none(), Precision.Float32)
                        .first());
                loss += weight
                        * ContrastiveLoss.semanticAlignment(
                                        h, TEXTS.get(chosen[i]).translations().size(), 0.3)
                                .toDouble();
                expected.add(loss);
                examples += items.size();
                tokens += Objective.tokens(items);
            }

            assertThat(objective.parts()).hasSize(passes);
            double sum = 0;
            for (Objective.Part part : objective.parts())
                sum += part.weight() * part.loss().get().toDouble();
            assertThat(sum)
                    .isCloseTo(expected.stream().mapToDouble(d -> d).average().orElseThrow(), within(1e-5));
            assertThat(objective.examples()).isEqualTo(examples);
            assertThat(objective.tokens()).isEqualTo(tokens);
        }
    }

    private static List<Item> batch(int chosen, long update, int place) {
        return method(TEXTS).batch(chosen, update, place);
    }

    private static SemanticAlignmentMethod method(List<Translated> texts) {
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            return method(model, texts, new SemanticAlignment(1, 1e-5, 0.5, 0.3, 1));
        }
    }

    private static SemanticAlignmentMethod method(Model model, List<Translated> texts, SemanticAlignment settings) {
        return new SemanticAlignmentMethod(
                model,
                texts,
                settings,
                new Optimiser(0, 0.9, 0.999, 1e-8, 0, Schedule.Constant, 0),
                0,
                Precision.Float32,
                1);
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
