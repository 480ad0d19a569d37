package dev.isogloss.trainer.analysis;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import dev.isogloss.trainer.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Vectors of words and texts: the mean of a layer's states over a stretch of tokens.
public final class TokenMeans {
    private static final int BATCH = 32;

    private TokenMeans() {}

    /// Tokens `from` to `to` of a text; `to` excluded.
    public record Stretch(Encoding text, int from, int to) {}

    /// @param layer 0 for the embeddings
    /// @return [stretches][h]
    public static double[][] of(Encoder encoder, int layer, List<Stretch> stretches, Precision precision) {
        Map<Encoding, List<Integer>> byText = new IdentityHashMap<>();
        List<Encoding> texts = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Encoding text = stretches.get(i).text();
            byText.computeIfAbsent(text, key -> {
                        texts.add(key);
                        return new ArrayList<>();
                    })
                    .add(i);
        }
        double[][] means = new double[stretches.size()][];
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<Encoding> rows = texts.subList(from, Math.min(texts.size(), from + BATCH));
            try (Scope _ = Scope.open()) {
                TokenBatch batch = TokenBatch.of(
                        rows.stream().map(Encoding::ids).toList(),
                        rows.stream().map(Encoding::types).toList(),
                        encoder.config().padId());
                Tensor states = encoder.encode(batch, OutputRequest.all().withHidden(), Dropout.none(), precision)
                        .hidden()
                        .get(layer); // [t, h]
                long[] starts = batch.starts();
                for (int row = 0; row < rows.size(); row++) {
                    Tensor own = states.slice(0, starts[row], starts[row] + batch.lengths()[row]);
                    for (int i : byText.getOrDefault(rows.get(row), List.of())) means[i] = mean(own, stretches.get(i));
                }
            }
        }
        return means;
    }

    /// @param states [s, h]
    private static double[] mean(Tensor states, Stretch stretch) {
        float[] shares = new float[Math.toIntExact(states.size(0))];
        Arrays.fill(shares, stretch.from(), stretch.to(), 1f / (stretch.to() - stretch.from()));
        return Tensor.of(shares, 1, shares.length).matmul(states).toDoubles();
    }
}
