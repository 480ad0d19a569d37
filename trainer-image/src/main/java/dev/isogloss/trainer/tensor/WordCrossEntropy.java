package dev.isogloss.trainer.tensor;

import dev.isogloss.api.encoder.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The mean of −log softmax(W y + b)[word] over rows y, for a table W of very many words: scores and their gradients
/// exist for a few rows at a time, and the table's gradient once. The same numbers as [Losses#crossEntropy] of all
/// scores but for the order of additions.
public final class WordCrossEntropy implements Cut {
    private final Tensor features;
    private final Tensor table;
    private final Tensor bias;
    private final Tensor output;
    private final Tensor ofFeatures;
    private final List<Tensor> ofWeights;
    private boolean passed;

    private WordCrossEntropy(
            Tensor features, Tensor table, Tensor bias, Tensor output, Tensor ofFeatures, List<Tensor> ofWeights) {
        this.features = features;
        this.table = table;
        this.bias = bias;
        this.output = output;
        this.ofFeatures = ofFeatures;
        this.ofWeights = ofWeights;
    }

    /// Recorded, gradients included, which are taken at once and handed on to whoever asks first: a second one is
    /// refused.
    ///
    /// @param features   y, [n, h], n at least 1
    /// @param table      W, [v, h]
    /// @param bias       b, [v]
    /// @param words      the row of the right word for each feature, n numbers in 0..v-1
    /// @param rowsAtOnce features whose scores are in memory at once
    /// @return shape []
    public static Tensor mean(
            Tensor features, Tensor table, Tensor bias, long[] words, int rowsAtOnce, Precision precision) {
        Scope scope = Scope.innermost();
        try (GradMode _ = GradMode.disabled()) {
            List<Tensor> ofWeights = List.of(Tensor.zeros(table.shape()), Tensor.zeros(bias.shape()));
            List<Tensor> ofFeatures = new ArrayList<>();
            Tensor sum = Tensor.zeros();
            for (int from = 0; from < words.length; from += rowsAtOnce) {
                int to = Math.min(words.length, from + rowsAtOnce);
                try (Scope _ = Scope.open()) {
                    List<Tensor> lossAndGradient = Operators.callForMany(
                            "word_losses",
                            features.slice(0, from, to),
                            Tensor.of(Arrays.copyOfRange(words, from, to), to - from),
                            table,
                            bias,
                            ofWeights.getFirst(),
                            ofWeights.getLast(),
                            Fused.kind(precision),
                            Engine.multipliesByOneDnn());
                    Kernels.add(List.of(sum), List.of(lossAndGradient.getFirst()), 1);
                    ofFeatures.add(lossAndGradient.getLast().keep(scope));
                }
            }
            Tensor output = Operators.call("leaf_alias", sum.times(1.0 / words.length));
            Tensor ofAllFeatures = Tensor.concat(0, ofFeatures).times(1.0 / words.length);
            Kernels.scale(ofWeights, 1.0 / words.length);
            scope.remember(new WordCrossEntropy(features, table, bias, output, ofAllFeatures, ofWeights));
            return output;
        }
    }

    @Override
    public List<Tensor> inputs() {
        return List.of(features);
    }

    @Override
    public List<Tensor> weights() {
        return List.of(table, bias);
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public void addGradients(Backwards backwards) {
        if (passed) throw new IllegalStateException("the gradients of this loss were handed on, and are gone");
        passed = true;
        Tensor seed = backwards.arrivedAt(output);
        Tensor further = ofFeatures.times(seed);
        Kernels.scale(ofWeights, seed);
        backwards.pass(features, further);
        if (backwards.wants(table)) backwards.give(table, ofWeights.getFirst());
        if (backwards.wants(bias)) backwards.give(bias, ofWeights.getLast());
    }
}
