package dev.isogloss.trainer.method.robust;

import dev.isogloss.api.method.RandomizedSmoothing.Distribution;
import dev.isogloss.trainer.encoder.TokenBatch;
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

    /// @param embedded [t, d]
    Tensor on(Tensor embedded, TokenBatch batch, long number) {
        return size == 0 ? embedded : embedded.plus(Tensor.of(drawn(embedded, batch, number), embedded.shape()));
    }

    /// Every text has streams of its own, so that its noise does not depend on what else is in a batch.
    private float[] drawn(Tensor embedded, TokenBatch batch, long number) {
        int d = Math.toIntExact(embedded.size(1));
        float[] values = new float[Math.toIntExact(embedded.count())];
        int next = 0;
        for (int text = 0; text < batch.texts(); text++) {
            float[] own = ofText(batch.places()[text], d, number, text);
            System.arraycopy(own, 0, values, next, own.length);
            next += own.length;
        }
        return values;
    }

    private float[] ofText(int tokens, int d, long number, int text) {
        RandomStream random = RandomStream.of(seed, "noise", number, text);
        return switch (distribution) {
            case Gaussian -> random.gaussians(tokens * d, size);
            case Ball -> ball(random.gaussians(tokens * d, 1), RandomStream.of(seed, "noise radius", number, text), d);
        };
    }

    private float[] ball(float[] values, RandomStream radii, int d) {
        for (int from = 0; from < values.length; from += d) {
            double squares = 0;
            for (int i = from; i < from + d; i++) squares += (double) values[i] * values[i];
            double scale = size * StrictMath.pow(radii.nextDouble(), 1.0 / d) / Math.sqrt(squares);
            for (int i = from; i < from + d; i++) values[i] = (float) (values[i] * scale);
        }
        return values;
    }
}
