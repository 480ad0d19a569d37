package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

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
/// Kept in tensors, so that a checkpoint holds it: each number as the nearest float and the remainder, for the residual
/// Cw − t loses digits.
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
        write("confusion", confusion);
        write("prediction", prediction);
    }

    /// @param predicted ŷ of each item
    /// @param gold      its label; negative ones do not count
    void source(long[] predicted, long[] gold) {
        double[] counts = new double[k * k];
        for (int i = 0; i < gold.length; i++) if (gold[i] >= 0) counts[(int) (predicted[i] * k + gold[i])]++;
        move("confusion", counts);
    }

    void target(long[] predicted) {
        double[] counts = new double[k];
        for (long each : predicted) counts[(int) each]++;
        move("prediction", counts);
    }

    /// C, [k, k], sum 1, in doubles; row ŷ, column y.
    Tensor confusion() {
        return Tensor.of(normalised("confusion"), k, k);
    }

    /// t, [k], sum 1, in doubles.
    Tensor prediction() {
        return Tensor.of(normalised("prediction"), k);
    }

    private double[] normalised(String name) {
        double[] running = read(name);
        double sum = Arrays.stream(running).sum();
        return Arrays.stream(running).map(each -> each / sum).toArray();
    }

    private void move(String name, double[] counts) {
        double[] running = read(name);
        for (int i = 0; i < running.length; i++) running[i] = (1 - rate) * running[i] + rate * counts[i];
        write(name, running);
    }

    private double[] read(String name) {
        double[] both = statistics.get(name).toDoubles();
        double[] values = new double[both.length / 2];
        for (int i = 0; i < values.length; i++) values[i] = both[i] + both[values.length + i];
        return values;
    }

    private void write(String name, double[] values) {
        float[] both = new float[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            both[i] = (float) values[i];
            both[values.length + i] = (float) (values[i] - both[i]);
        }
        try (Scope _ = Scope.open()) {
            statistics.get(name).assign(Tensor.of(both, 2, values.length));
        }
    }

    Map<String, Tensor> state() {
        return Map.of("confusion", statistics.get("confusion"), "prediction", statistics.get("prediction"));
    }

    @Override
    public void close() {
        statistics.close();
    }
}
