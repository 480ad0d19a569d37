package dev.isogloss.trainer.random;

import dev.isogloss.json.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Random choices by name: the same seed, name and indices give the same choices on every machine, whatever was drawn
/// before.
///
/// The generator is that of [RandomStream], begun with the first eight bytes of a SHA-256 instead of a folded key.
public final class SeededRandom {
    private long state;

    private SeededRandom(long state) {
        this.state = state;
    }

    public static SeededRandom of(long seed, String name, long... indices) {
        StringBuilder text = new StringBuilder().append(seed).append('/').append(name);
        for (long index : indices) text.append('/').append(index);
        return new SeededRandom(ByteBuffer.wrap(Sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong());
    }

    private long next() {
        state += RandomStream.GAMMA;
        return RandomStream.mix(state);
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
