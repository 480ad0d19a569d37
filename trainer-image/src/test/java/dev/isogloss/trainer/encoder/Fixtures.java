package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Small encoders and batches for the tests of this package.
public final class Fixtures {

    static final int WORDS = 97;

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

    static double largestDifference(Tensor a, Tensor b) {
        return a.minus(b).abs().reshape(-1).max(0).toDouble();
    }
}
