package dev.isogloss.trainer.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The elements of a tensor of float32 on their way from the device, as [LateNumbers] are.
public final class LateFloats implements AutoCloseable {
    private final int count;
    private final LateCopy copy;

    private LateFloats(int count, LateCopy copy) {
        this.count = count;
        this.copy = copy;
    }

    /// @param values nobody changes them before they are read
    public static LateFloats of(Tensor values) {
        try (GradMode _ = GradMode.disabled()) {
            return new LateFloats(Math.toIntExact(values.count()), LateCopy.of(values));
        }
    }

    /// In row-major order.
    public float[] read() {
        float[] values = new float[count];
        MemorySegment bytes = copy.await((long) count * Float.BYTES);
        MemorySegment.copy(bytes, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, values, 0, count);
        return values;
    }

    @Override
    public void close() {
        copy.close();
    }
}
