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
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Small encoders and batches for the tests of this package.
public final class Fixtures {

    static final int WORDS = 97;
    static final int[] LENGTHS = {11, 7, 16, 3};

    private Fixtures() {}

    static EncoderConfig config(EncoderFamily family) {
        boolean bert = family == EncoderFamily.BERT;
        return new EncoderConfig(
                family, WORDS, 32, 3, 4, 64, bert ? 24 : 26, bert ? 2 : 1, bert ? 1e-12 : 1e-5, bert ? 0 : 1, 0.1, 0.2);
    }

    /// Weights far enough from their beginning that every one of them matters, biases included.
    public static Encoder encoder(EncoderFamily family) {
        Encoder encoder = Encoder.fresh(config(family), RandomStream.of(3, "fixture"));
        List.of(encoder.parameters(), encoder.mlmHead())
                .forEach(parameters -> parameters.names().forEach(name -> {
                    Tensor tensor = parameters.get(name);
                    RandomStream stream = RandomStream.of(4, name);
                    tensor.assign(tensor.plus(
                            Tensor.of(stream.gaussians(Math.toIntExact(tensor.count()), 0.2), tensor.shape())));
                }));
        return encoder;
    }

    /// Texts of the given lengths; every other one is a pair.
    static TokenBatch batch(EncoderConfig config, int... lengths) {
        List<int[]> ids = new ArrayList<>();
        List<int[]> types = new ArrayList<>();
        for (int r = 0; r < lengths.length; r++) {
            RandomStream stream = RandomStream.of(5, "batch", r);
            int[] row = new int[lengths[r]];
            int[] type = new int[lengths[r]];
            for (int i = 0; i < row.length; i++) {
                row[i] = 2 + stream.nextInt(config.vocabularySize() - 2);
                type[i] = r % 2 == 1 && i > row.length / 2 ? 1 : 0;
            }
            ids.add(row);
            types.add(type);
        }
        return TokenBatch.of(ids, types, config.padId());
    }

    /// The same texts filled up to their longest.
    static TokenBatch filled(EncoderConfig config, int... lengths) {
        TokenBatch packed = batch(config, lengths);
        return TokenBatch.filled(rows(packed.ids(), packed), rows(packed.types(), packed), config.padId(), 1);
    }

    /// A batch that a script has filled up.
    static TokenBatch packed(TokenBatch filled, int padId) {
        return TokenBatch.of(rows(filled.ids(), filled), rows(filled.types(), filled), padId);
    }

    private static List<int[]> rows(long[] flat, TokenBatch batch) {
        List<int[]> rows = new ArrayList<>();
        for (int text = 0; text < batch.texts(); text++) {
            int start = Math.toIntExact(batch.starts()[text]);
            rows.add(Arrays.stream(flat, start, start + batch.lengths()[text])
                    .mapToInt(Math::toIntExact)
                    .toArray());
        }
        return rows;
    }

    /// Of all places, [t, ..], or of texts filled up, [b, s, ..], the tokens', [n, ..].
    static Tensor tokens(Tensor x, TokenBatch batch) {
        long[] places = batch.unpadded();
        Tensor flat = x.size(0) == batch.ids().length ? x : x.reshape(batch.ids().length, -1);
        return flat.rows(Tensor.of(places, places.length));
    }

    static double largestDifference(Tensor a, Tensor b) {
        return a.minus(b).abs().reshape(-1).max(0).toDouble();
    }

    /// On a GPU the fused layer has attention drop by a generator of libtorch's.
    static List<Dropout> dropouts() {
        List<Dropout> hidden = List.of(Dropout.none(), Dropout.of(0.1, 0, 1, 1));
        List<Dropout> attention = List.of(Dropout.of(0.1, 0.2, 1, 1), Dropout.of(0, 0.1, 1, 1));
        return Engine.device() == Device.GPU
                ? hidden
                : Stream.concat(hidden.stream(), attention.stream()).toList();
    }

    /// Of a loss that depends on the first token's state and, if they are kept, on all hidden states.
    static List<Tensor> gradients(Encoder encoder, TokenBatch batch, OutputRequest read, Dropout dropout) {
        List<Tensor> weights = encoder.parameters().tensors();
        try (GradMode _ = GradMode.enabled()) {
            EncoderOutput encoded = encoder.encode(batch, read, dropout, Precision.Float32);
            Tensor loss = encoder.pooled(encoded.first()).square().sum();
            long[] places =
                    Arrays.stream(batch.starts()).map(start -> start + 1).toArray();
            Tensor seconds = Tensor.of(places, places.length);
            for (Tensor hidden : encoded.hidden()) {
                loss = loss.plus(hidden.rows(seconds).times(0.1).sum());
            }
            return Gradients.of(loss, weights, false);
        }
    }

    /// Relative to each weight's gradient, or to a thousandth of the largest: a key's bias has none but rounding.
    static void assertSame(List<Tensor> actual, List<Tensor> expected, double relative) {
        double largest =
                expected.stream().mapToDouble(g -> g.norm().toDouble()).max().orElseThrow();
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < actual.size(); i++) {
            double size = Math.max(expected.get(i).norm().toDouble(), largest / 1000);
            differences.add(actual.get(i).minus(expected.get(i)).norm().toDouble() / size);
        }
        assertThat(differences).allSatisfy(d -> assertThat(d).isCloseTo(0, within(relative)));
    }
}
