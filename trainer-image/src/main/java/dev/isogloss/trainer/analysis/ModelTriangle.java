package dev.isogloss.trainer.analysis;

import static java.util.Objects.requireNonNull;

import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/// The triangle of three models: from the one trained on both languages, the way δ_s to the source's and the way δ_t to
/// the target's.
///
/// @param sourceSquare ‖δ_s‖²
/// @param targetSquare ‖δ_t‖²
/// @param product      δ_s · δ_t
public record ModelTriangle(double sourceSquare, double targetSquare, double product) {
    private static final ModelTriangle NONE = new ModelTriangle(0, 0, 0);

    /// Numbers that are added up before their sum joins the others, so that small ones are not lost.
    private static final int BLOCK = 4096;

    /// Over the encoder's weights that are trained.
    ///
    /// @param models of the source, of the target and of both, whole
    public static ModelTriangle ofEncoders(List<Model> models) {
        List<Map<String, Tensor>> weights = models.stream()
                .map(model -> {
                    Map<String, Tensor> encoder = model.trainable();
                    encoder.keySet().removeAll(model.headWeights().names());
                    return encoder;
                })
                .toList();
        return of(weights);
    }

    /// Over the weights of the heads.
    public static ModelTriangle ofHeads(List<Model> models) {
        return of(models.stream()
                .map(Model::headWeights)
                .<Map<String, Tensor>>map(Parameters::byName)
                .toList());
    }

    /// In double precision, in the order of the weights.
    ///
    /// @param weights by name, of the source, of the target and of both
    static ModelTriangle of(List<Map<String, Tensor>> weights) {
        ModelTriangle[] all = {NONE};
        weights.get(2)
                .forEach((name, both) ->
                        both.read(b -> requireNonNull(weights.get(0).get(name))
                                .read(s -> requireNonNull(weights.get(1).get(name))
                                        .read(t -> all[0] = all[0].plus(of(s, t, b))))));
        return all[0];
    }

    private static ModelTriangle of(MemorySegment source, MemorySegment target, MemorySegment both) {
        ModelTriangle all = NONE;
        long count = both.byteSize() / Float.BYTES;
        for (long from = 0; from < count; from += BLOCK)
            all = all.plus(block(source, target, both, from, Math.min(count, from + BLOCK)));
        return all;
    }

    private static ModelTriangle block(
            MemorySegment source, MemorySegment target, MemorySegment both, long from, long to) {
        double sourceSquare = 0;
        double targetSquare = 0;
        double product = 0;
        for (long i = from; i < to; i++) {
            double start = both.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            double s = source.getAtIndex(ValueLayout.JAVA_FLOAT, i) - start;
            double t = target.getAtIndex(ValueLayout.JAVA_FLOAT, i) - start;
            sourceSquare += s * s;
            targetSquare += t * t;
            product += s * t;
        }
        return new ModelTriangle(sourceSquare, targetSquare, product);
    }

    /// That of these weights and others together.
    public ModelTriangle plus(ModelTriangle others) {
        return new ModelTriangle(
                sourceSquare + others.sourceSquare, targetSquare + others.targetSquare, product + others.product);
    }

    /// ‖δ_s‖.
    public double normSource() {
        return Math.sqrt(sourceSquare);
    }

    /// ‖δ_t‖.
    public double normTarget() {
        return Math.sqrt(targetSquare);
    }

    /// ‖δ_s‖ / ‖δ_t‖; no number where both are 0.
    public double ratio() {
        return normSource() / normTarget();
    }

    /// The angle between the two ways; NaN where one of them is none.
    public double degrees() {
        return Math.toDegrees(Math.acos(Math.clamp(product / (normSource() * normTarget()), -1, 1)));
    }
}
