package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.RandomizedSmoothing.Distribution;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Tensor;

/// Noise on embeddings, drawn anew for every micro-batch and named by its number.
///
///     Gaussian  every number from N(0, σ²)
///     Ball      every token's vector evenly from those of a norm of at most σ:
///               σ·u^(1/d)·g/‖g‖,  u ~ U(0, 1),  g ~ N(0, 1)
///
/// @param size σ, at least 0; 0 leaves embeddings as they are
record Noise(double size, Distribution distribution, long seed) {

    static Noise gaussian(double size, long seed) {
        return new Noise(size, Distribution.Gaussian, seed);
    }

    /// @param embedded [b, s, d]
    Tensor on(Tensor embedded, long number) {
        return size == 0 ? embedded : embedded.plus(Tensor.of(drawn(embedded, number), embedded.shape()));
    }

    private float[] drawn(Tensor embedded, long number) {
        RandomStream random = RandomStream.of(seed, "noise", number);
        int count = Math.toIntExact(embedded.count());
        return switch (distribution) {
            case Gaussian -> random.gaussians(count, size);
            case Ball -> ball(random, count, Math.toIntExact(embedded.size(2)));
        };
    }

    private float[] ball(RandomStream random, int count, int d) {
        float[] values = random.gaussians(count, 1);
        for (int from = 0; from < count; from += d) {
            double squares = 0;
            for (int i = from; i < from + d; i++) squares += (double) values[i] * values[i];
            double scale = size * StrictMath.pow(random.nextDouble(), 1.0 / d) / Math.sqrt(squares);
            for (int i = from; i < from + d; i++) values[i] = (float) (values[i] * scale);
        }
        return values;
    }
}
