package dev.isogloss.trainer.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Numbers on their way from the device: what was asked for before is computed before them, and whoever reads them
/// waits for that much and no more.
public final class LateNumbers implements AutoCloseable {
    private final int count;
    private final LateCopy copy;

    private LateNumbers(int count, LateCopy copy) {
        this.count = count;
        this.copy = copy;
    }

    /// @param numbers of one element each, at least one
    public static LateNumbers of(List<Tensor> numbers) {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.disabled()) {
            return new LateNumbers(numbers.size(), LateCopy.of(Operators.call("numbers", numbers)));
        }
    }

    /// In the order in which they were given.
    public double[] read() {
        double[] values = new double[count];
        MemorySegment bytes = copy.await((long) count * Double.BYTES);
        MemorySegment.copy(bytes, ValueLayout.JAVA_DOUBLE_UNALIGNED, 0, values, 0, count);
        return values;
    }

    @Override
    public void close() {
        copy.close();
    }
}
