package dev.isogloss.trainer.loop;

import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/// The smallest method there is: fits y = x·w by least squares on noisy batches, and keeps a running mean of the inputs
/// as state of its own.
final class Regression implements Method {
    final Parameters weights = new Parameters();
    private final Parameters running = new Parameters();
    private final long updates;
    private final int parts;
    private final LongToDoubleFunction poison;
    int prepared;
    long breaksAt = -1;

    Regression(long updates, int parts, LongToDoubleFunction poison) {
        this.updates = updates;
        this.parts = parts;
        this.poison = poison;
        weights.put("w", Tensor.zeros(3, 1));
        weights.put("bias", Tensor.zeros(1));
        running.put("mean", Tensor.zeros(3));
    }

    static Regression of(long updates) {
        return new Regression(updates, 1, update -> 0);
    }

    @Override
    public Optimisation optimisation() {
        LinkedHashMap<String, Tensor> parameters = new LinkedHashMap<>();
        for (String name : weights.names()) parameters.put(name, weights.get(name));
        ParameterGroup group = new ParameterGroup(
                "model",
                parameters,
                LearningRate.of(0.05, Schedule.Linear, 0.1, updates),
                new Optimiser(0.01, 0.9, 0.999, 1e-8, 1, Schedule.Linear, 0.1));
        return new Optimisation(List.of(group), updates, 10);
    }

    @Override
    public void prepare() {
        prepared++;
    }

    @Override
    public List<Objective> objectives(long update) {
        List<Objective.Part> all = new java.util.ArrayList<>();
        int rows = 8 / parts;
        for (int part = 0; part < parts; part++) {
            int from = part * rows;
            all.add(new Objective.Part(1.0 / parts, () -> loss(update, from, rows)));
        }
        return List.of(new Objective("squares", all, List.of("model"), 8, 24));
    }

    private Tensor loss(long update, int from, int rows) {
        Tensor x = Tensor.of(RandomStream.of(1, "x", update).gaussians(24, 1), 8, 3)
                .slice(0, from, from + rows); // [rows, 3]
        Tensor truth = Tensor.of(new float[] {1, -2, 3}, 3, 1);
        Tensor mean = running.get("mean").detach();
        running.get("mean").assign(mean.times(0.9).plus(x.mean(0, false).times(0.1)));
        Tensor loss = x.matmul(weights.get("w"))
                .plus(weights.get("bias"))
                .minus(x.matmul(truth))
                .plus(mean.sum().times(0.01))
                .square()
                .mean()
                .plus(poison.applyAsDouble(update));
        // As an infinite gradient would: this loss does not know it yet.
        if (update == breaksAt) weights.get("w").assign(Tensor.full(Double.NaN, 3, 1));
        return loss;
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of("mean", running.get("mean"));
    }

    float[] result() {
        return weights.get("w").toFloats();
    }

    @Override
    public void close() {
        weights.close();
        running.close();
    }
}
