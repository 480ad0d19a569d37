package dev.isogloss.trainer.random;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Random numbers as a pure function of a seed, a name and indices: same arguments, same numbers, on every machine,
/// in every order, with no generator whose state would have to be saved. A run that resumes at update 900 asks for
/// `of(seed, "order", 900)` and has what the first run had.
///
/// The key folds seed, the name's UTF-8 bytes and the indices, each time k ← mix(k ⊕ value) + γ. The n-th number is
/// mix(key + nγ), which is SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): γ is 2⁶⁴/φ made odd, and
///
///     mix(z):  z ← (z ⊕ z≫30)·bf58476d1ce4e5b9;  z ← (z ⊕ z≫27)·94d049bb133111eb;  z ⊕ z≫31
public final class RandomStream implements RandomGenerator {

    static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;
    private double spareGaussian = Double.NaN;

    private RandomStream(long key) {
        state = key;
    }

    public static RandomStream of(long seed, String name, long... indices) {
        return new RandomStream(key(seed, name, indices));
    }

    public static long key(long seed, String name, long... indices) {
        long key = mix(seed + GAMMA);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            key = folded(key, b & 0xff);
        }
        key = folded(key, 0x100); // no byte is 0x100: "a", 1 and "a1" differ
        for (long index : indices) {
            key = folded(key, index);
        }
        return key;
    }

    /// A key of its own for one of the parts that a key is for.
    public static long folded(long key, long part) {
        return mix(key ^ part) + GAMMA;
    }

    /// A seed of its own for one purpose, 53 bits wide.
    public static long derive(long seed, String name) {
        return of(seed, name).nextLong() >>> 11;
    }

    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /// In [0, 1), a multiple of 2⁻⁵³.
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /// In 0..bound-1, every number equally likely.
    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("there is no number from 0 up to " + bound);
        }
        long limit = Long.MAX_VALUE - (Long.MAX_VALUE % bound + 1) % bound;
        long draw;
        do {
            draw = nextLong() >>> 1;
        } while (draw > limit);
        return (int) (draw % bound);
    }

    /// Of mean 0 and standard deviation 1 (Marsaglia's polar method, two at a time).
    @Override
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        double x;
        double y;
        double s;
        do {
            x = 2 * nextDouble() - 1;
            y = 2 * nextDouble() - 1;
            s = x * x + y * y;
        } while (s >= 1 || s == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
        spareGaussian = y * scale;
        return x * scale;
    }

    /// 0..n-1 in random order (Fisher and Yates).
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// `count` of the numbers 0..n-1, all different, in random order: the beginning of a permutation that is never
    /// written out.
    public int[] distinct(int n, int count) {
        Map<Integer, Integer> moved = new HashMap<>();
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            int j = i + nextInt(n - i);
            drawn[i] = moved.getOrDefault(j, j);
            moved.put(j, moved.getOrDefault(i, i));
        }
        return drawn;
    }

    /// n numbers of mean 0 and the given standard deviation.
    public float[] gaussians(int n, double std) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (std * nextGaussian());
        }
        return values;
    }
}
