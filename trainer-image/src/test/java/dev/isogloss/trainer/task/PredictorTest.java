package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.OutOfDeviceMemory;
import dev.isogloss.trainer.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a model says of texts: evaluations, pseudo-labels, first estimates and teachers ask it here.
class PredictorTest {

    /// The encoder's configuration has a dropout of 0.1, which counts while a model is trained.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Biaffine") // a parser tells no classes apart
    void nothing_is_dropped_out_while_predicting(Head head) {
        List<Item> items = head == Head.Token ? TinyTransfer.words(TinyTransfer.target()) : TinyTransfer.target();
        try (Model model = TinyTransfer.model(head);
                Scope _ = Scope.open()) {
            List<float[][]> said = Predictor.probabilities(model, items, Precision.Float32, _ -> {});

            for (int i = 0; i < items.size(); i++) {
                Batch alone = model.batch(List.of(items.get(i)));
                float[] plain = model.logits(alone, Dropout.none(), Precision.Float32)
                        .softmax(1)
                        .toFloats();
                float[] dropped = model.logits(alone, Dropout.of(0.1, 1, i), Precision.Float32)
                        .softmax(1)
                        .toFloats();
                float[] flat = flat(said.get(i));
                assertThat(flat).containsExactly(plain, within(1e-6f));
                assertThat(distance(plain, dropped)).isGreaterThan(1e-5);
            }
        }
    }

    private static double distance(float[] one, float[] other) {
        double most = 0;
        for (int i = 0; i < one.length; i++) most = Math.max(most, Math.abs(one[i] - other[i]));
        return most;
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        return flat;
    }

    @Test
    void answers_come_in_the_order_of_the_items_and_every_item_is_counted_once() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 70; i++) items.addAll(TinyTransfer.source());
        List<Long> done = new ArrayList<>();
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            List<float[][]> said = Predictor.probabilities(model, items, Precision.Float32, done::add);

            assertThat(said).hasSize(items.size());
            for (int i = 20; i < items.size(); i++)
                assertThat(said.get(i)[0]).containsExactly(said.get(i % 20)[0], within(1e-6f));
            assertThat(said.get(1)[0]).isNotEqualTo(said.get(0)[0]);
        }
        assertThat(done)
                .isSorted()
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates()
                .endsWith((long) items.size());
    }

    @Test
    void an_item_of_which_nothing_is_predicted_has_no_answer() {
        Item text = TinyTransfer.source().getFirst();
        Item none = new Item(0, text.ids(), text.types(), new int[0], 0, new int[0]);
        try (Model model = TinyTransfer.model(Head.Token)) {
            List<float[][]> said = Predictor.probabilities(
                    model, List.of(none, TinyTransfer.words(List.of(text)).getFirst()), Precision.Float32, _ -> {});

            assertThat(said.get(0)).isEmpty();
            assertThat(said.get(1)).hasNumberOfRows(3);
        }
    }

    /// A batch holds 4096 tokens with its padding: 256 texts of 16, then 44 of these and 212 of 4, then the rest.
    /// What has nothing to predict is not read.
    @Test
    void the_longest_texts_are_read_first_in_batches_of_so_many_tokens() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            items.add(item(4, 1));
            items.add(item(16, 1));
            items.add(item(16, 0));
        }
        List<Long> done = new ArrayList<>();
        try (Model model = TinyTransfer.model(Head.FirstToken)) {
            Predictor.probabilities(model, items, Precision.Float32, done::add);
            Predictor.probabilities(model, List.of(item(4, 0)), Precision.Float32, done::add);
        }

        assertThat(done).containsExactly(256L, 512L, 600L);
    }

    private static List<Item> many() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 5; i++) items.addAll(TinyTransfer.source());
        return items;
    }

    private static List<float[][]> said(Model model, int tokens) {
        return Predictor.probabilities(
                batch -> model.ask(model.batch(batch), Precision.Float32),
                many(),
                new Predictor.BatchSize(tokens, 1),
                _ -> {});
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"Biaffine", "Token"})
    void a_batch_of_any_size_says_the_same_but_for_rounding(Head head) {
        try (Model model = TinyTransfer.model(head)) {
            List<float[][]> one = said(model, 1);
            for (int tokens : new int[] {60, 500, 65_536}) {
                List<float[][]> together = said(model, tokens);
                for (int i = 0; i < one.size(); i++)
                    assertThat(together.get(i)[0]).containsExactly(one.get(i)[0], within(1e-6f));
            }
        }
    }

    @Test
    void a_batch_is_asked_for_before_the_outputs_of_the_last_one_are_read() {
        List<String> story = new ArrayList<>();
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            Predictor.probabilities(
                    batch -> {
                        story.add("ask");
                        return model.ask(model.batch(batch), Precision.Float32);
                    },
                    List.of(item(4, 1), item(4, 1), item(4, 1)),
                    new Predictor.BatchSize(4, 1),
                    done -> story.add("read " + done));
        }

        assertThat(story).containsExactly("ask", "ask", "read 1", "ask", "read 2", "read 3");
    }

    @Test
    void batches_are_halved_where_the_memory_of_the_device_is_too_small() {
        List<Integer> refused = new ArrayList<>();
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            List<float[][]> said = Predictor.probabilities(
                    batch -> {
                        if (batch.size() * batch.getFirst().length() <= 100)
                            return model.ask(model.batch(batch), Precision.Float32);
                        refused.add(batch.size());
                        throw new OutOfDeviceMemory("linear", new IllegalStateException());
                    },
                    many(),
                    new Predictor.BatchSize(65_536, 1),
                    _ -> {});

            List<float[][]> one = said(model, 1);
            for (int i = 0; i < one.size(); i++)
                assertThat(said.get(i)[0]).containsExactly(one.get(i)[0], within(1e-6f));
        }
        assertThat(refused).startsWith(100, 50, 25).hasSizeLessThan(6);
    }

    @Test
    void a_text_that_is_too_large_by_itself_ends_it_and_so_does_any_on_a_cpu_whose_bits_depend_on_the_batch() {
        Function<List<Item>, LateOutputs> noRoom = _ -> {
            throw new OutOfDeviceMemory("linear", new IllegalStateException());
        };

        assertThatThrownBy(() -> Predictor.probabilities(noRoom, many(), new Predictor.BatchSize(500, 1), _ -> {}))
                .isInstanceOf(OutOfDeviceMemory.class);
        List<Integer> asked = new ArrayList<>();
        assertThatThrownBy(() -> Predictor.probabilities(
                        batch -> {
                            asked.add(batch.size());
                            return noRoom.apply(batch);
                        },
                        many(),
                        Predictor.BatchSize.ON_CPU,
                        _ -> {}))
                .isInstanceOf(OutOfDeviceMemory.class);
        assertThat(asked).hasSize(1);
    }

    private static Item item(int length, int predictions) {
        return new Item(0, new int[length], new int[length], new int[predictions], 0, new int[predictions]);
    }
}
