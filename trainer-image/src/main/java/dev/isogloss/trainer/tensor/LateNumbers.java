package dev.isogloss.trainer.tensor;

import ai.djl.pytorch.jni.LibTorch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers on their way from the device: what was asked for before is computed before them, and whoever reads them
/// waits for that much and no more.
public final class LateNumbers implements AutoCloseable {
    private final int count;
    private final long onHost;
    private final @Nullable DeviceEvent arrived;

    private LateNumbers(int count, long onHost, @Nullable DeviceEvent arrived) {
        this.count = count;
        this.onHost = onHost;
        this.arrived = arrived;
    }

    /// @param numbers of one element each, at least one
    public static LateNumbers of(List<Tensor> numbers) {
        try (Scope _ = Scope.open();
                GradMode _ = GradMode.disabled()) {
            Tensor together = Operators.call("numbers", numbers);
            long onHost = Operators.single("to_host_later", together);
            return new LateNumbers(
                    numbers.size(), onHost, Engine.device() == Device.GPU ? DeviceEvent.afterAllSoFar() : null);
        }
    }

    /// In the order in which they were given.
    public double[] read() {
        HostReads.count();
        if (arrived != null) arrived.await();
        double[] values = new double[count];
        MemorySegment.copy(
                HostMemory.bytes(onHost, (long) count * Double.BYTES),
                ValueLayout.JAVA_DOUBLE_UNALIGNED,
                0,
                values,
                0,
                count);
        return values;
    }

    @Override
    public void close() {
        if (arrived != null) arrived.close();
        LibTorch.freeTensor(onHost);
    }
}
