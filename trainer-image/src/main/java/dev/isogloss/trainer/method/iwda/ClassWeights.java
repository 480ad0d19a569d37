package dev.isogloss.trainer.method.iwda;

import dev.isogloss.api.method.Iwda;
import dev.isogloss.trainer.statistics.WeightProjection;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final Parameters constants = new Parameters();
    private final double[] p;
    private final Iwda.Projection projection;
    private final boolean trained;
    private double @Nullable [] givenFirst;
    private final double[] givenMoved;

    /// @param p       [k], sum 1
    /// @param trained whether an optimiser moves d
    ClassWeights(double[] p, Iwda.Projection projection, boolean trained) {
        this.p = p.clone();
        this.projection = projection;
        this.trained = trained;
        this.givenMoved = new double[p.length];
        try (Scope _ = Scope.open()) {
            first.put("first", Tensor.ones(p.length));
            moved.put("d", Tensor.zeros(p.length));
            constants.put("p", Tensor.of(p, p.length));
            constants.put("w", Tensor.ones(p.length).asDouble());
        }
    }

    void begin(double[] w0) {
        givenFirst = new double[w0.length];
        for (int j = 0; j < w0.length; j++) givenFirst[j] = (float) w0[j];
        try (Scope _ = Scope.open()) {
            first.get("first").assign(Tensor.of(w0, w0.length));
        }
    }

    /// d, what is trained.
    Tensor moved() {
        return moved.get("d");
    }

    /// w of the last projection, [k], in doubles; all 1 before the first.
    Tensor current() {
        return constants.get("w");
    }

    /// Brings d to where w is within the constraints.
    void project() {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.disabled()) {
            if (trained) projectOnDevice();
            else current().assign(Tensor.of(projectedGiven(), p.length));
        }
    }

    private void projectOnDevice() {
        Tensor w0 = first.get("first").asDouble();
        Tensor v = w0.plus(moved().asDouble());
        Tensor w =
                switch (projection) {
                    case Euclidean -> ClassProjection.euclidean(v, constants.get("p"));
                    case Radial -> ClassProjection.radial(v, constants.get("p"));
                };
        moved().assign(w.minus(w0));
        current().assign(w);
    }

    /// The same on the host, for what no optimiser moves. A training that goes on reads w⁰ once.
    private double[] projectedGiven() {
        if (givenFirst == null) givenFirst = first.get("first").toDoubles();
        double[] v = new double[p.length];
        for (int j = 0; j < v.length; j++) v[j] = givenFirst[j] + givenMoved[j];
        double[] w =
                switch (projection) {
                    case Euclidean -> WeightProjection.euclidean(v, p);
                    case Radial -> WeightProjection.radial(v, p);
                };
        for (int j = 0; j < v.length; j++) givenMoved[j] = (float) (w[j] - givenFirst[j]);
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
        constants.close();
    }
}
