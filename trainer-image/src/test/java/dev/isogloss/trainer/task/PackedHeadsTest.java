package dev.isogloss.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune.PenaltyOver;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Parser;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.Fixtures;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is read from an encoder, from packed texts and from texts that are filled up to one width: the same losses
/// and gradients, in doubles, with dropout.
class PackedHeadsTest {
    private static final LabelSet LABELS = new LabelSet(List.of("a", "b", "c"));
    private static final Criterion PENALTY_OF_LABELS = new Criterion(0.1, 0.3, PenaltyOver.Labels);
    private static final Criterion PENALTY_OF_TOKENS = new Criterion(0.1, 0.3, PenaltyOver.Tokens);
    private static final Dropout DROPOUT = Dropout.of(0.1, 0.2, 1, 1);
    private static final int[] LENGTHS = {7, 3, 12, 1, 3};

    private record Reader(String name, TaskHead head, Criterion criterion) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Reader> readers() {
        Parser parser = new Parser(9, 8, 0.3, Parser.Root.Scored);
        return Stream.of(
                new Reader("pooled", new ClassifierHead(Head.Pooled, false), PENALTY_OF_LABELS),
                new Reader("first token", new ClassifierHead(Head.FirstToken, false), Criterion.CROSS_ENTROPY),
                new Reader("words", new ClassifierHead(Head.Token, false), PENALTY_OF_LABELS),
                new Reader("words, variational", new ClassifierHead(Head.Token, true), Criterion.CROSS_ENTROPY),
                new Reader("words, all tokens", new ClassifierHead(Head.Token, false), PENALTY_OF_TOKENS),
                new Reader("words, all, variational", new ClassifierHead(Head.Token, true), PENALTY_OF_TOKENS),
                new Reader("parser", new BiaffineHead(false, parser), Criterion.CROSS_ENTROPY),
                new Reader("parser, variational", new BiaffineHead(true, parser), Criterion.CROSS_ENTROPY));
    }

    static Stream<Arguments> cases() {
        return Stream.of(EncoderFamily.BERT, EncoderFamily.XLM_ROBERTA)
                .flatMap(family -> readers().map(reader -> Arguments.of(family, reader)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_head_s_loss_and_gradients_are_those_of_the_batch_with_padding(EncoderFamily family, Reader reader) {
        try (Scope _ = Scope.open();
                Model model = model(family, reader.head());
                GradMode _ = GradMode.enabled()) {
            List<Tensor> weights = List.copyOf(model.trainable().values());
            List<Tensor> packed = withGradients(loss(model, reader, model.batch(items(reader))), weights);
            List<Tensor> padded = withGradients(loss(model, reader, Batch.of(items(reader), 1, 14)), weights);

            requireSame(packed, padded);
        }
    }

    /// The text that comes along is the longest and has no labels, so the loss is that of the others.
    @ParameterizedTest
    @MethodSource("cases")
    void a_text_s_part_of_the_loss_is_the_same_whatever_stands_behind_it(EncoderFamily family, Reader reader) {
        if (reader.criterion() == PENALTY_OF_TOKENS) return; // which asks the tokens of all texts
        try (Scope _ = Scope.open();
                Model model = model(family, reader.head())) {
            List<Item> more = new ArrayList<>(items(reader));
            more.add(item(reader, more.size(), 20).unlabelled());

            assertThat(loss(model, reader, model.batch(more)).toDouble())
                    .isCloseTo(loss(model, reader, model.batch(items(reader))).toDouble(), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BERT", "XLM_ROBERTA"})
    void hidden_words_are_guessed_from_packed_texts_as_from_padded_ones(EncoderFamily family) {
        Reader words = readers().skip(2).findFirst().orElseThrow();
        try (Scope _ = Scope.open();
                Model model = model(family, words.head());
                GradMode _ = GradMode.enabled()) {
            Encoder encoder = model.encoder();
            widen(encoder.mlmHead());
            List<Tensor> weights = new ArrayList<>(encoder.parameters().tensors());
            weights.addAll(encoder.mlmHead().tensors());
            requireSame(
                    withGradients(guessed(encoder, model.batch(items(words))), weights),
                    withGradients(guessed(encoder, Batch.of(items(words), 1, 14)), weights));
        }
    }

    private static Tensor guessed(Encoder encoder, Batch batch) {
        EncoderOutput encoded = encoder.encode(batch.tokens(), OutputRequest.all(), DROPOUT.again(), Precision.Float32);
        Tensor rows = encoded.last().rows(Tensor.of(batch.rows(), batch.rows().length));
        return Losses.crossEntropy(
                rows.linear(
                        encoder.words(), Tensor.zeros(encoder.words().size(0)).asDouble()),
                Tensor.of(batch.targets(), batch.targets().length),
                0,
                Item.UNLABELLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"BERT", "XLM_ROBERTA"})
    void sentence_vectors_are_those_of_padded_texts(EncoderFamily family) {
        Reader pooled = readers().findFirst().orElseThrow();
        try (Scope _ = Scope.open();
                Model model = model(family, pooled.head());
                GradMode _ = GradMode.enabled()) {
            List<Tensor> weights = model.encoder().parameters().tensors();
            requireSame(
                    withGradients(vectors(model.encoder(), model.batch(items(pooled))), weights),
                    withGradients(vectors(model.encoder(), Batch.of(items(pooled), 1, 14)), weights));
        }
    }

    private static Tensor vectors(Encoder encoder, Batch batch) {
        Tensor vectors = SentenceVectors.of(encoder, batch.tokens(), DROPOUT.again(), Precision.Float32);
        return vectors.matmul(vectors.transpose(0, 1)).power(3).sum();
    }

    private static Tensor loss(Model model, Reader reader, Batch batch) {
        return model.loss(batch, reader.criterion(), DROPOUT.again(), Precision.Float32);
    }

    private static Model model(EncoderFamily family, TaskHead head) {
        Model model = Model.fresh(Fixtures.encoder(family), head, LABELS, "{}", RandomStream.of(5, "head"));
        widen(model.encoder().parameters());
        widen(model.headWeights());
        return model;
    }

    private static void widen(Parameters weights) {
        for (String name : List.copyOf(weights.names()))
            weights.put(name, weights.get(name).asDouble());
    }

    private static List<Item> items(Reader reader) {
        return IntStream.range(0, LENGTHS.length)
                .mapToObj(i -> item(reader, i, LENGTHS[i]))
                .toList();
    }

    /// A pair of texts; words at every second token where words are predicted.
    private static Item item(Reader reader, int number, int length) {
        RandomStream random = RandomStream.of(3, "item", number);
        int[] ids = IntStream.range(0, length).map(_ -> 5 + random.nextInt(90)).toArray();
        int[] types =
                IntStream.range(0, length).map(i -> i > length / 2 ? 1 : 0).toArray();
        boolean words = reader.head().read().equals(OutputRequest.all());
        int[] positions =
                words ? IntStream.range(0, length / 2).map(i -> 2 * i + 1).toArray() : new int[] {0};
        int[] targets = IntStream.range(0, positions.length)
                .map(i -> reader.head() instanceof BiaffineHead
                        ? new Arc(i == 0 ? positions.length : 0, i % 3).packed(LABELS.size())
                        : (number + i) % 3)
                .map(target -> number == 2 && positions.length > 2 && target == 1 ? Item.UNLABELLED : target)
                .toArray();
        return new Item(number, ids, types, positions, 0, targets);
    }

    private static List<Tensor> withGradients(Tensor loss, List<Tensor> weights) {
        return Stream.concat(Stream.of(loss), Gradients.of(loss, weights, false).stream())
                .toList();
    }

    private static void requireSame(List<Tensor> actual, List<Tensor> expected) {
        for (int i = 0; i < expected.size(); i++) {
            double size = Math.max(1e-3, expected.get(i).norm().toDouble());
            assertThat(actual.get(i).minus(expected.get(i)).norm().toDouble() / size)
                    .as("tensor %d", i)
                    .isCloseTo(0, within(1e-10));
        }
    }
}
