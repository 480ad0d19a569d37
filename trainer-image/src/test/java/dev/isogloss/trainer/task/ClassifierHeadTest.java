package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune.PenaltyOver;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Heads beside the equations of the models that they are named after, in doubles.
class ClassifierHeadTest {
    private static final List<Item> ITEMS =
            TinyTransfer.words(TinyTransfer.source().subList(0, 2));

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /// W·tanh(P·h + p) + w, where P and p are the encoder's pooler (BERT) or the head's own (RoBERTa); without the tanh
    /// for the first token alone.
    @ParameterizedTest
    @CsvSource({
        "BERT, Pooled, pooler.dense, classifier",
        "XLM_ROBERTA, Pooled, classifier.dense, classifier.out_proj",
        "BERT, FirstToken, , classifier",
        "XLM_ROBERTA, FirstToken, , classifier"
    })
    void a_text_is_classified_as_in_the_models_own_head(EncoderFamily family, Head head, String dense, String output) {
        try (Model model = model(family, head)) {
            Map<String, Tensor> all = model.trainable();
            Batch batch = model.batch(ITEMS.subList(0, 1));
            double[] h = model.encoder()
                    .encode(batch.tokens(), OutputRequest.first(), Dropout.none(), Precision.Float32)
                    .first()
                    .toDoubles();
            if (dense != null)
                h = Arrays.stream(linear(all, dense, h)).map(Math::tanh).toArray();

            assertThat(model.logits(batch, Dropout.none(), Precision.Float32).toDoubles())
                    .containsExactly(linear(all, output, h), within(1e-5));
            assertThat(all.keySet().stream().anyMatch(name -> name.startsWith("pooler.")))
                    .isEqualTo("pooler.dense".equals(dense));
        }
    }

    @ParameterizedTest
    @EnumSource
    void new_weights_are_small_and_new_biases_zero(EncoderFamily family) {
        try (Model model = model(family, Head.Pooled)) {
            for (String name : model.headWeights().names()) {
                double[] values = model.headWeights().get(name).toDoubles();
                if (name.endsWith("bias")) assertThat(values).containsOnly(0);
                else // N(0, 0.02²), of 96 numbers or more
                assertThat(Math.sqrt(Arrays.stream(values).map(v -> v * v).sum() / values.length))
                            .isBetween(0.016, 0.024);
            }
        }
    }

    /// States of ones everywhere, so that two words of a sentence differ by their masks alone.
    @Test
    void variational_dropout_is_the_same_for_all_words_of_a_sentence() {
        try (Model model = model(EncoderFamily.BERT, Head.Token)) {
            Batch batch = model.batch(ITEMS);
            EncoderOutput ones = ones(batch);
            Dropout dropout = Dropout.of(0.5, 1, 0);

            double[][] shared = rows(new ClassifierHead(Head.Token, true)
                    .logits(model.encoder(), model.headWeights(), ones, batch, dropout));
            double[][] each = rows(new ClassifierHead(Head.Token, false)
                    .logits(model.encoder(), model.headWeights(), ones, batch, dropout));
            double[][] none = rows(new ClassifierHead(Head.Token, true)
                    .logits(model.encoder(), model.headWeights(), ones, batch, Dropout.none()));

            assertThat(shared[1]).isEqualTo(shared[0]).isEqualTo(shared[2]).isNotEqualTo(none[0]);
            assertThat(shared[3]).isEqualTo(shared[4]).isNotEqualTo(shared[0]);
            assertThat(each[1]).isNotEqualTo(each[0]);
            assertThat(none[5]).isEqualTo(none[0]);
        }
    }

    /// Of states of ones every token of a sentence says what its words say: CE + w/m Σₘ Σ_c p·log p, with m all tokens.
    @Test
    void a_penalty_over_tokens_drops_out_as_the_words_do() {
        try (Model model = model(EncoderFamily.BERT, Head.Token)) {
            Batch batch = model.batch(ITEMS.subList(0, 1));
            Dropout dropout = Dropout.of(0.5, 1, 0);
            ClassifierHead head = new ClassifierHead(Head.Token, true);
            double[] logits =
                    rows(head.logits(model.encoder(), model.headWeights(), ones(batch), batch, dropout.again()))[0];

            double loss = head.loss(
                            model.encoder(),
                            model.headWeights(),
                            ones(batch),
                            batch,
                            new Criterion(0, 0.5, PenaltyOver.Tokens),
                            dropout)
                    .toDouble();

            double sum = Arrays.stream(logits).map(Math::exp).sum();
            double[] log = Arrays.stream(logits).map(z -> z - Math.log(sum)).toArray();
            double crossEntropy = -Arrays.stream(batch.targets())
                    .mapToDouble(target -> log[(int) target])
                    .average()
                    .orElseThrow();
            double negativeEntropy =
                    Arrays.stream(log).map(l -> Math.exp(l) * l).sum();
            assertThat(loss).isCloseTo(crossEntropy + 0.5 * negativeEntropy, within(1e-5));
        }
    }

    private static EncoderOutput ones(Batch batch) {
        Tensor ones = Tensor.ones(batch.tokens().ids().length, 32);
        return new EncoderOutput(batch.tokens(), ones, List.of(), List.of(), ones);
    }

    private static Model model(EncoderFamily family, Head head) {
        EncoderConfig config = new EncoderConfig(family, 60, 32, 1, 2, 64, 20, 2, 1e-12, 1, 0, 0);
        return Model.fresh(
                Encoder.fresh(config, RandomStream.of(5, "encoder")),
                new ClassifierHead(head, false),
                TinyTransfer.LABELS,
                "{}",
                RandomStream.of(5, "head"));
    }

    private static double[] linear(Map<String, Tensor> weights, String name, double[] x) {
        double[] w = weights.get(name + ".weight").toDoubles();
        double[] b = weights.get(name + ".bias").toDoubles();
        return IntStream.range(0, b.length)
                .mapToDouble(out -> b[out]
                        + IntStream.range(0, x.length)
                                .mapToDouble(in -> w[out * x.length + in] * x[in])
                                .sum())
                .toArray();
    }

    private static double[][] rows(Tensor logits) {
        double[] flat = logits.toDoubles();
        int k = Math.toIntExact(logits.size(1));
        return IntStream.range(0, flat.length / k)
                .mapToObj(row -> Arrays.copyOfRange(flat, row * k, (row + 1) * k))
                .toArray(double[][]::new);
    }
}
