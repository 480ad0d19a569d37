package dev.isogloss.trainer.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Chance by name: the same seed, name and indices draw the same things on every machine, whatever was drawn before.
///
/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014) from the first eight bytes of a SHA-256.
public final class SeededRandom {
    private long state;

    private SeededRandom(long state) {
        this.state = state;
    }

    public static SeededRandom of(long seed, String name, long... indices) {
        StringBuilder text = new StringBuilder().append(seed).append('/').append(name);
        for (long index : indices) text.append('/').append(index);
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return new SeededRandom(ByteBuffer.wrap(hash).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private long next() {
        long z = state += 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /// Uniform in [0, 1).
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /// Uniform among 0 to `bound` - 1.
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    public boolean chance(double probability) {
        return uniform() < probability;
    }

    public <T> T from(List<T> values) {
        return values.get(below(values.size()));
    }

    /// A rank from 0 to `size` - 1, low ranks more often: p ∝ 1 / (rank + 4), words as a corpus has them.
    public int rank(int size) {
        double x = uniform() * (Math.log(size + 3.5) - Math.log(3.5));
        return Math.min(size - 1, (int) (3.5 * Math.exp(x) - 3.5));
    }

    /// An index with probability proportional to its weight.
    public int weighted(double[] weights) {
        double sum = 0;
        for (double weight : weights) sum += weight;
        double x = uniform() * sum;
        for (int i = 0; i < weights.length; i++) {
            x -= weights[i];
            if (x < 0) return i;
        }
        return weights.length - 1;
    }
}
