package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.Parser;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BiaffineHeadTest {
    private static final int HIDDEN = 32;

    /// A sentence of four words, every second token one.
    private static final Item FOUR = item(9, new int[] {1, 3, 5, 7});

    private static final Item TWO = item(5, new int[] {1, 3});

    private static Item item(int length, int[] positions) {
        int[] ids = new int[length];
        for (int i = 0; i < length; i++) ids[i] = 5 + i;
        int[] targets = new int[positions.length]; // of one relation, at the root
        return new Item(0, ids, new int[length], positions, 0, targets);
    }

    private static Model model(boolean variational, double dropout, String... labels) {
        EncoderConfig config = new EncoderConfig(EncoderFamily.BERT, 60, HIDDEN, 1, 2, 64, 20, 2, 1e-12, 1, 0, 0);
        return Model.fresh(
                Encoder.fresh(config, RandomStream.of(5, "encoder")),
                new BiaffineHead(variational, new Parser(64, 16, dropout, Parser.Root.Scored)),
                new LabelSet(List.of(labels)),
                "{}",
                RandomStream.of(5, "head"));
    }

    private static double loss(Model model, Dropout dropout) {
        try (Scope _ = Scope.open()) {
            Batch batch = model.batch(List.of(FOUR));
            Tensor ones = Tensor.ones(batch.tokens().ids().length, HIDDEN);
            EncoderOutput states = new EncoderOutput(batch.tokens(), ones, List.of(), List.of(), ones);
            return model.head()
                    .loss(model.encoder(), model.headWeights(), states, batch, Criterion.CROSS_ENTROPY, dropout)
                    .toDouble();
        }
    }

    /// Of equal states every word is as good a head as any other, unless words are dropped differently: a loss of the
    /// logarithm of four for the heads, and none for the one relation.
    @ParameterizedTest
    @CsvSource({"true,0.5,0.5,true", "true,0,0.5,true", "false,0.5,0,true", "false,0,0.5,false", "false,0.5,0.5,false"})
    void words_of_a_sentence_share_the_masks_of_the_parser_and_those_before_it_if_variational(
            boolean variational, double inParser, double before, boolean shared) {
        try (Model model = model(variational, inParser, "only")) {
            double loss = loss(model, Dropout.of(before, 1, 3));

            if (shared) assertThat(loss).isCloseTo(Math.log(4), within(1e-5));
            else assertThat(Math.abs(loss - Math.log(4))).isGreaterThan(1e-3);
        }
    }

    @Test
    void the_parser_s_own_dropout_and_that_before_it_both_move_a_training_and_no_prediction() {
        try (Model none = model(true, 0, "a", "b");
                Model inside = model(true, 0.5, "a", "b")) {
            double plain = loss(none, Dropout.none());

            assertThat(loss(none, Dropout.of(0.5, 1, 3))).isNotEqualTo(plain);
            assertThat(loss(inside, Dropout.of(0, 1, 3))).isNotEqualTo(plain);
            assertThat(loss(inside, Dropout.none())).as("as in prediction").isEqualTo(plain);
            try (Scope _ = Scope.open()) {
                Batch batch = inside.batch(List.of(FOUR));
                assertThat(inside.outputs(batch, Precision.Float32).getFirst())
                        .isDeepEqualTo(none.outputs(batch, Precision.Float32).getFirst());
            }
        }
    }

    @Test
    void a_sentence_beside_a_longer_one_is_parsed_as_if_it_were_alone() {
        try (Model model = model(false, 0, "a", "b", "c");
                Scope _ = Scope.open()) {
            float[][] alone =
                    model.outputs(model.batch(List.of(TWO)), Precision.Float32).getFirst();
            List<float[][]> together = model.outputs(model.batch(List.of(TWO, FOUR)), Precision.Float32);

            assertThat(alone).hasDimensions(2, 3 * 3);
            for (int word = 0; word < 2; word++)
                assertThat(together.getFirst()[word]).containsExactly(alone[word], within(1e-4f));
            assertThat(together.get(1)).hasDimensions(4, 3 * 5);
            double heads = 0;
            for (int j = 0; j < 3; j++) heads += Math.exp(alone[0][j]);
            assertThat(heads).as("probabilities of all heads").isCloseTo(1, within(1e-5));
            assertThat(alone[0][1]).as("a word is not its own head").isLessThan(-1e20f);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "arc.dependent.weight,0.17678",
        "arc.dependent.bias,0.17678",
        "arc.head.weight,0.17678",
        "arc.head.bias,0.17678",
        "arc.bilinear,0.21483",
        "relation.dependent.weight,0.17678",
        "relation.dependent.bias,0.17678",
        "relation.head.weight,0.17678",
        "relation.head.bias,0.17678",
        "relation.bilinear,0.25",
        "relation.bias,0.25",
    })
    void new_weights_are_drawn_evenly_within_their_bounds(String name, double bound) {
        try (Model model = model(false, 0, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")) {
            double[] values = model.headWeights().get("classifier." + name).toDoubles();

            assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow()).isBetween(0.7 * bound, bound);
            assertThat(Arrays.stream(values).min().orElseThrow()).isNegative();
            double deviation = Math.sqrt(Arrays.stream(values).map(v -> v * v).sum() / values.length);
            assertThat(deviation)
                    .isCloseTo(bound / Math.sqrt(3), within(values.length < 100 ? 0.4 * bound : 0.05 * bound));
        }
    }

    @Test
    void the_bias_of_heads_begins_at_0() {
        try (Model model = model(false, 0, "a", "b")) {
            assertThat(model.headWeights().get("classifier.arc.bias").toDoubles())
                    .containsExactly(0);
            assertThat(model.trainable().keySet()).noneMatch(name -> name.startsWith("pooler."));
        }
    }
}
