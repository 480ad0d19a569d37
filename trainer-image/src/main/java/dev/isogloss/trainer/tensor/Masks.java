package dev.isogloss.trainer.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Arrays of two values, the second with a probability, chosen by a hash of (key, position).
///
/// The hash of position i under the key's halves a, b is Wellons' lowbias32 with the second half added midway:
///
///     h ← i·9e3779b9 + a;  h ← (h ⊕ h≫16)·7feb352d;  h ← (h ⊕ b ⊕ h≫15)·846ca68b;  h ← h ⊕ h≫16
///
/// Dropped if the upper 31 bits are below p·2³¹. Plain arithmetic on arrays of int, which the JVM's compiler turns
/// into vector instructions: the positions come from an array because it does not do so for the loop's own counter.
final class Masks {

    private static final int CHUNK = 8192;
    private static final int[] POSITIONS = new int[CHUNK];

    static {
        for (int i = 0; i < CHUNK; i++) {
            POSITIONS[i] = i;
        }
    }

    private Masks() {}

    static Tensor floats(long key, double probability, double survivor, long... shape) {
        int bits = Float.floatToRawIntBits((float) survivor);
        if (Engine.device() == Device.GPU) return onGpu(key, threshold(probability), bits, shape);
        int[] chunk = new int[CHUNK];
        return HostMemory.create(HostMemory.FLOAT32, Float.BYTES, shape, memory -> {
            int n = Math.toIntExact(memory.byteSize() / Float.BYTES);
            for (int from = 0; from < n; from += CHUNK) {
                int length = Math.min(CHUNK, n - from);
                choose(chunk, length, from, key, threshold(probability), bits);
                MemorySegment.copy(chunk, 0, memory, ValueLayout.JAVA_INT, (long) from * Float.BYTES, length);
            }
        });
    }

    private static Tensor onGpu(long key, int threshold, int survivor, long... shape) {
        Tensor mask = Operators.call(
                "empty_on", shape, HostMemory.FLOAT32, Engine.device().toString());
        MaskKernel.choose(HostMemory.address(mask), Math.toIntExact(HostMemory.count(shape)), key, threshold, survivor);
        return mask;
    }

    /// out[i] = 0 if the hash of base + i is below the threshold, else survivor.
    static void choose(int[] out, int n, int base, long key, int threshold, int survivor) {
        int[] positions = POSITIONS;
        int offset = base * 0x9e3779b9 + (int) key;
        int second = (int) (key >>> 32);
        for (int i = 0; i < n; i++) {
            int h = positions[i] * 0x9e3779b9 + offset;
            h ^= h >>> 16;
            h *= 0x7feb352d;
            h ^= second ^ (h >>> 15);
            h *= 0x846ca68b;
            h ^= h >>> 16;
            out[i] = survivor & ~(((h >>> 1) - threshold) >> 31); // all ones where the difference is negative
        }
    }

    private static int threshold(double probability) {
        return (int) Math.round(probability * 0x1.0p31);
    }
}
