package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// C and t of Eq. (3) as the training goes on, from the predictions of its own batches.
///
///     S ← (1 − s)·S + s·counts          read as S / ΣS
///
/// Counts are those of a whole batch, so the mass of the beginning, 1, is soon outweighed: of batches of 8, a hundred
/// leave it 16 %.
///
/// Paper: "current statistics", no more. Authors' code: the above; but it begins with C = diag(p∘w⁰) and t = p, whose
/// best weights are 1/w⁰. Here C = diag(p), t = p∘w⁰, as its documentation says; `swapped` gives theirs.
///
/// Kept in tensors, so that a checkpoint holds it and no number has to be waited for: each number as the nearest
/// float and the remainder, for the residual Cw − t loses digits.
final class RunningConfusion implements AutoCloseable {
    private final Parameters statistics = new Parameters();
    private final int k;
    private final double rate;

    /// @param rate s
    RunningConfusion(int k, double rate) {
        this.k = k;
        this.rate = rate;
        try (Scope _ = Scope.open()) {
            statistics.put("confusion", Tensor.zeros(2, k * k));
            statistics.put("prediction", Tensor.zeros(2, k));
        }
    }

    /// @param p  [k]
    /// @param w0 [k]
    void begin(double[] p, double[] w0, boolean swapped) {
        double[] confusion = new double[k * k];
        double[] prediction = new double[k];
        for (int j = 0; j < k; j++) {
            confusion[j * k + j] = swapped ? p[j] * w0[j] : p[j];
            prediction[j] = swapped ? p[j] : p[j] * w0[j];
        }
        try (Scope _ = Scope.open()) {
            write("confusion", Tensor.of(confusion, (long) k * k));
            write("prediction", Tensor.of(prediction, k));
        }
    }

    /// @param predicted ŷ of each item, [n]
    /// @param gold      its label, [n]; negative ones do not count
    void source(Tensor predicted, Tensor gold) {
        move(
                "confusion",
                () -> oneHot(predicted).transpose(0, 1).matmul(oneHot(gold)).reshape(-1)); // [k, n]·[n, k]
    }

    /// @param predicted [m]
    void target(Tensor predicted) {
        move("prediction", () -> oneHot(predicted).sum(0, false));
    }

    /// A row of 0 and a 1 for each item; of 0 alone for a negative label. [n, k]
    private Tensor oneHot(Tensor labels) {
        return labels.reshape(-1, 1).equalTo(Tensor.arange(k).reshape(1, -1)).asDouble();
    }

    /// C, [k, k], sum 1, in doubles; row ŷ, column y.
    Tensor confusion() {
        return normalised("confusion").reshape(k, k);
    }

    /// t, [k], sum 1, in doubles.
    Tensor prediction() {
        return normalised("prediction");
    }

    private Tensor normalised(String name) {
        return GradMode.without(() -> {
            Tensor running = read(name);
            return running.dividedBy(running.sum());
        });
    }

    private void move(String name, Supplier<Tensor> counts) {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.disabled()) {
            write(name, read(name).times(1 - rate).plus(counts.get().times(rate)));
        }
    }

    private Tensor read(String name) {
        Tensor both = statistics.get(name).asDouble();
        return both.select(0, 0).plus(both.select(0, 1));
    }

    private void write(String name, Tensor values) {
        Tensor nearest = values.asFloat();
        Tensor remainder = values.minus(nearest.asDouble()).asFloat();
        statistics.get(name).assign(Tensor.stack(0, List.of(nearest, remainder)));
    }

    Map<String, Tensor> state() {
        return Map.of("confusion", statistics.get("confusion"), "prediction", statistics.get("prediction"));
    }

    @Override
    public void close() {
        statistics.close();
    }
}
