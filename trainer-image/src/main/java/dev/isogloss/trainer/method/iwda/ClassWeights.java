package dev.isogloss.trainer.method.iwda;

import dev.isogloss.api.method.Iwda;
import dev.isogloss.trainer.statistics.WeightProjection;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Map;

/// The importance weights w while the encoder trains (§3, "Improving Stability of IW Estimates"; App. C.1).
///
///     w = w⁰ + d          min over d of ‖Cw − t‖² + ξ‖w − w⁰‖²,  w ≥ 0,  p·w = 1
///
/// d is what the optimiser moves, and ξ its decoupled decay. Each time w is read it is projected and d set to w − w⁰;
/// gradients pass as if it had not been.
///
/// Paper: "projected gradient descent". Authors' code: cuts at 0 and divides by p·w instead of going to the nearest
/// weights, and uses AdamW, under which the decay is not exactly ξ: |d| settles near 1/decay however large the
/// gradient.
final class ClassWeights implements AutoCloseable {
    private final Parameters first = new Parameters();
    private final Parameters moved = new Parameters();
    private final double[] p;
    private final Iwda.Projection projection;

    /// @param p [k], sum 1
    ClassWeights(double[] p, Iwda.Projection projection) {
        this.p = p.clone();
        this.projection = projection;
        try (Scope _ = Scope.open()) {
            first.put("first", Tensor.ones(p.length));
            moved.put("d", Tensor.zeros(p.length));
        }
    }

    void begin(double[] w0) {
        try (Scope _ = Scope.open()) {
            first.get("first").assign(Tensor.of(w0, w0.length));
        }
    }

    /// d, what is trained.
    Tensor moved() {
        return moved.get("d");
    }

    /// Brings d to where w is within the constraints.
    double[] project() {
        double[] w0 = first.get("first").toDoubles();
        double[] d = moved().toDoubles();
        double[] v = new double[p.length];
        for (int j = 0; j < v.length; j++) v[j] = w0[j] + d[j];
        double[] w =
                switch (projection) {
                    case Euclidean -> WeightProjection.euclidean(v, p);
                    case Radial -> WeightProjection.radial(v, p);
                };
        for (int j = 0; j < v.length; j++) d[j] = w[j] - w0[j];
        try (Scope _ = Scope.open()) {
            moved().assign(Tensor.of(d, d.length));
        }
        return w;
    }

    /// ‖Cw − t‖², with a gradient for d.
    ///
    /// @param confusion  C, [k, k], in doubles
    /// @param prediction t, [k]
    Tensor loss(Tensor confusion, Tensor prediction) {
        Tensor w = first.get("first").detach().asDouble().plus(moved().asDouble()); // [k]
        return residual(confusion, w, prediction);
    }

    static Tensor residual(Tensor confusion, Tensor w, Tensor prediction) {
        return confusion
                .matmul(w.reshape(-1, 1))
                .reshape(-1)
                .minus(prediction)
                .square()
                .sum();
    }

    Map<String, Tensor> state() {
        return Map.of("first", first.get("first"));
    }

    @Override
    public void close() {
        first.close();
        moved.close();
    }
}
