package dev.isogloss.trainer.tensor;

import dev.isogloss.api.encoder.Precision;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Parts of an encoder computed in one call each (`layers.py`): fewer passes over memory than the same written with
/// [Tensor]'s operators, and the only place where bfloat16 exists. What goes in and comes out is float32; embeddings,
/// and layers without bfloat16, take float64 as well and stay in it.
public final class Fused {

    private static final int BFLOAT16 = 15;
    private static final ProcessWide GENERATOR = new ProcessWide();

    private Fused() {}

    /// One layer of an encoder whose norms come after the additions. While [GradMode] is on, its gradient is written
    /// out on a CPU ([LayerCut]) and recorded on a GPU.
    ///
    /// On a GPU attention drops inside its own kernel, which never holds the probabilities of a whole batch in
    /// memory; which ones fall there is libtorch's choice, from a key of ours. That key goes through the generator
    /// that all threads of the process share, so one layer at a time sets it and draws from it.
    ///
    /// @param x [t, h]: the tokens of all texts, text after text
    /// @param weights query, key, value, attention output, its norm, intermediate, output, its norm: weight, bias
    /// of each
    /// @param dropout draws the masks of this layer
    /// @param first whether only the first token of every text is wanted
    /// @param recomputing whether the way back computes the layer once more instead of keeping what it reads
    /// @return [t, h], or [b, h]
    public static Tensor encoderLayer(
            Tensor x,
            AttentionGroups groups,
            List<Tensor> weights,
            Dropout dropout,
            int heads,
            boolean first,
            Precision precision,
            double epsilon,
            boolean recomputing) {
        boolean onGpu = Engine.device() == Device.GPU;
        if (!GradMode.isEnabled() || onGpu && !recomputing)
            return recordedLayer(x, groups, weights, dropout, heads, first, precision, epsilon, onGpu);
        if (onGpu)
            return Recomputation.of(
                    List.of(x),
                    weights,
                    in -> recordedLayer(
                            in.getFirst(), groups, weights, dropout.again(), heads, first, precision, epsilon, true));
        boolean half = isHalf(precision);
        LayerCut.Shape shape = new LayerCut.Shape(
                groups, heads, first, kind(precision), grow(dropout, half), epsilon, Engine.multipliesByOneDnn());
        return LayerCut.of(
                x, weights, shape, () -> masks(x.size(1), groups, dropout.again(), heads, first, half), !recomputing);
    }

    /// The layer as libtorch computes it, and records it while [GradMode] is on.
    ///
    /// @param inKernel whether attention itself drops, as it does on a GPU
    static Tensor recordedLayer(
            Tensor x,
            AttentionGroups groups,
            List<Tensor> weights,
            Dropout dropout,
            int heads,
            boolean first,
            Precision precision,
            double epsilon,
            boolean inKernel) {
        boolean half = isHalf(precision);
        double drop = inKernel ? dropout.attentionProbability() : 0;
        long key = drop > 0 ? dropout.attentionKey() : 0;
        LayerCut.Masks masks = drop > 0
                ? new LayerCut.Masks(List.of(), additionMasks(x.size(1), groups, dropout, first))
                : masks(x.size(1), groups, dropout, heads, first, half);
        Supplier<Tensor> layer = () -> Operators.call(
                "encoder_layer",
                x,
                first ? groups.asking() : List.of(),
                groups.spread(),
                first ? groups.backOfFirst() : groups.back(),
                groups.sizes(),
                groups.padding(),
                weights,
                masks.attention(),
                masks.additions(),
                heads,
                kind(precision),
                grow(dropout, half),
                epsilon,
                drop,
                key,
                oneDnnUnlessRecorded());
        return drop > 0 ? GENERATOR.alone(layer) : layer.get();
    }

    /// oneDNN's way to multiply has no gradient of use.
    private static boolean oneDnnUnlessRecorded() {
        return !GradMode.isEnabled() && Engine.multipliesByOneDnn();
    }

    /// What is still to be multiplied where the masks of 16 bits hold 0 and 1 alone.
    private static double grow(Dropout dropout, boolean half) {
        return half ? 1 / (1 - dropout.attentionProbability()) : 1;
    }

    private static boolean isHalf(Precision precision) {
        return Engine.precisionFor(precision) == Precision.BFloat16;
    }

    static LayerCut.Masks masks(
            long h, AttentionGroups groups, Dropout dropout, int heads, boolean first, boolean half) {
        return new LayerCut.Masks(
                attentionMasks(groups, dropout, heads, first, half), additionMasks(h, groups, dropout, first));
    }

    private static List<Tensor> attentionMasks(
            AttentionGroups groups, Dropout dropout, int heads, boolean first, boolean half) {
        if (dropout.attentionProbability() == 0) return List.of();
        return half ? dropout.attentionChoices(groups, heads, first) : dropout.attentionMasks(groups, heads, first);
    }

    /// Of the two residual additions.
    private static List<Tensor> additionMasks(long h, AttentionGroups groups, Dropout dropout, boolean first) {
        if (dropout.probability() == 0) return List.of();
        return first
                ? List.of(dropout.mask(groups.texts(), h), dropout.mask(groups.texts(), h))
                : List.of(dropout.tokenMask(groups.places(), h), dropout.tokenMask(groups.places(), h));
    }

    /// norm(words[ids] + positions[places] + types[kinds]), [t, h].
    ///
    /// @param ids int64 [t], or [b, s] where that is the same
    /// @param places int64 like the ids, or [s] if they are the same in every row
    /// @param kinds int64 like the ids; null if all are 0
    /// @param weights the three tables, then the norm's weight and bias
    /// @param pad the row of the words that gets no gradient, as in PyTorch's models
    /// @param placePad the row of the positions that gets none; -1 if all do
    public static Tensor embed(
            Tensor ids,
            Tensor places,
            @Nullable Tensor kinds,
            List<Tensor> weights,
            long pad,
            long placePad,
            double epsilon) {
        return Operators.call(
                "embed", ids, places, kinds == null ? List.of() : List.of(kinds), weights, pad, placePad, epsilon);
    }

    /// What the words' table is multiplied with, [n, h], from rows [n, h]: norm(gelu(dense(x))).
    ///
    /// @param weights dense, norm
    public static Tensor wordFeatures(Tensor rows, List<Tensor> weights, Precision precision, double epsilon) {
        return Operators.call("word_features", rows, weights, kind(precision), epsilon);
    }

    /// A score for every word, [n, v], from rows [n, h]: words · norm(gelu(dense(x))) + bias.
    ///
    /// @param weights dense, norm, then the words' table and biases
    public static Tensor wordScores(Tensor rows, List<Tensor> weights, Precision precision, double epsilon) {
        return Operators.call("word_scores", rows, weights, kind(precision), epsilon, oneDnnUnlessRecorded());
    }

    static int kind(Precision precision) {
        return switch (Engine.precisionFor(precision)) {
            case Float32 -> HostMemory.FLOAT32;
            case BFloat16 -> BFLOAT16;
        };
    }
}
