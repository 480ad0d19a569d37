package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Packed batches beside batches that are filled up to their longest text, which go through all layers with their
/// padding, as most programs have it: every state, and the gradient of every weight. [FusedLayerTest] holds the latter
/// to layers that are written out.
class PackedBatchTest {
    /// Equal ones, those of one token, and so many that attention takes them in several groups.
    private static final List<int[]> LENGTHS =
            List.of(new int[] {11, 7, 16, 3}, new int[] {1, 5}, new int[] {1}, new int[] {6, 6, 6}, new int[] {
                5, 24, 3, 4, 4, 1, 24, 23, 4, 2, 4, 3, 12, 4
            });

    private static final List<Dropout> DROPOUTS =
            Engine.device() == Device.GPU // there attention draws by a generator of libtorch's
                    ? List.of(Dropout.none(), Dropout.of(0.1, 0, 1, 1))
                    : List.of(Dropout.none(), Dropout.of(0.1, 0.2, 1, 1));

    private Scope scope = Scope.open();

    @BeforeEach
    void open() {
        scope.close();
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<Arguments> cases() {
        return Stream.of(EncoderFamily.BERT, EncoderFamily.XLM_ROBERTA)
                .flatMap(family -> LENGTHS.stream().map(lengths -> Arguments.of(family, lengths)));
    }

    static Stream<Arguments> layers() {
        return LENGTHS.stream().map(lengths -> Arguments.of((Object) lengths));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void states_and_gradients_are_those_of_the_batch_with_padding(EncoderFamily family, int[] lengths) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            for (boolean recomputing : List.of(false, true))
                for (OutputRequest read : List.of(OutputRequest.all().withHidden(), OutputRequest.first())) {
                    encoder.recompute(recomputing);
                    requireAsPadded(encoder, lengths, read, Precision.Float32, 5e-6); // the rounding of 32 bits
                }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void in_double_precision_they_are_so_to_many_more_digits(EncoderFamily family, int[] lengths) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            for (String name : List.copyOf(encoder.parameters().names()))
                encoder.parameters().put(name, encoder.parameters().get(name).asDouble());
            requireAsPadded(encoder, lengths, OutputRequest.all().withHidden(), Precision.Float32, 1e-13);
            requireAsPadded(encoder, lengths, OutputRequest.first(), Precision.Float32, 1e-13);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void in_sixteen_bits_they_are_so_within_the_rounding(int[] lengths) {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            requireAsPadded(encoder, lengths, OutputRequest.all().withHidden(), Precision.BFloat16, 2e-2);
        }
    }

    private static void requireAsPadded(
            Encoder encoder, int[] lengths, OutputRequest read, Precision precision, double relative) {
        for (Dropout dropout : DROPOUTS)
            requireSame(
                    results(encoder, Fixtures.batch(encoder.config(), lengths), read, dropout, precision),
                    results(encoder, Fixtures.filled(encoder.config(), lengths), read, dropout, precision),
                    relative);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layers_that_are_written_out_read_a_packed_batch_as_fused_ones_do(int[] lengths) {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            TokenBatch batch = Fixtures.batch(encoder.config(), lengths);
            for (Dropout dropout : DROPOUTS)
                for (OutputRequest read : List.of(OutputRequest.all().withHidden(), OutputRequest.first()))
                    requireSame(
                            results(encoder, batch, read.withAttentions(), dropout, Precision.Float32),
                            results(encoder, batch, read, dropout, Precision.Float32),
                            1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void a_text_has_the_same_states_whatever_stands_behind_it(int[] lengths) {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            int[] more = Arrays.copyOf(lengths, lengths.length + 1);
            more[lengths.length] = encoder.config().longestInput();
            for (Dropout dropout : DROPOUTS) {
                Tensor alone = states(encoder, lengths, dropout);
                Tensor beside = states(encoder, more, dropout).slice(0, 0, alone.size(0));

                assertThat(Fixtures.largestDifference(beside, alone)).isLessThan(1e-5);
            }
        }
    }

    private static Tensor states(Encoder encoder, int[] lengths, Dropout dropout) {
        TokenBatch batch = Fixtures.batch(encoder.config(), lengths);
        Tensor last = encoder.encode(batch, OutputRequest.all(), dropout.again(), Precision.Float32)
                .last();
        return Fixtures.tokens(last, batch);
    }

    /// The states that were asked for, a loss in which every number of them counts another weight, and its gradients.
    private static List<Tensor> results(
            Encoder encoder, TokenBatch batch, OutputRequest read, Dropout dropout, Precision precision) {
        try (GradMode _ = GradMode.enabled()) {
            EncoderOutput encoded = encoder.encode(batch, read, dropout.again(), precision);
            List<Tensor> states = new ArrayList<>(List.of(encoded.first()));
            encoded.hidden().forEach(hidden -> states.add(Fixtures.tokens(hidden, batch)));
            Tensor loss = Tensor.zeros();
            for (Tensor state : states) {
                float[] weights = RandomStream.of(2, "loss").gaussians(Math.toIntExact(state.count()), 1);
                loss = loss.plus(state.times(Tensor.of(weights, state.shape())).sum());
            }
            List<Tensor> results = new ArrayList<>(states);
            results.add(loss);
            results.addAll(Gradients.of(loss, encoder.parameters().tensors(), false));
            return results;
        }
    }

    /// Relative to what is greater, the tensor's norm or a twentieth of the largest gradient's: sums that come out at
    /// nothing have rounding alone.
    private static void requireSame(List<Tensor> actual, List<Tensor> expected, double relative) {
        double largest =
                expected.stream().mapToDouble(x -> x.norm().toDouble()).max().orElseThrow();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            double size = Math.max(expected.get(i).norm().toDouble(), largest / 20);
            assertThat(actual.get(i).minus(expected.get(i)).norm().toDouble() / size)
                    .as("result %d", i)
                    .isCloseTo(0, within(relative));
        }
    }
}
