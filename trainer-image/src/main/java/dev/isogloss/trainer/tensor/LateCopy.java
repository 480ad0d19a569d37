package dev.isogloss.trainer.tensor;

import ai.djl.pytorch.jni.LibTorch;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A tensor's bytes on their way from the device: what was asked for before is computed before them, and whoever reads
/// them waits for that much and no more. On a CPU they are there at once, and are the tensor's own.
final class LateCopy implements AutoCloseable {
    private final long onHost;
    private final @Nullable DeviceEvent arrived;

    private LateCopy(long onHost, @Nullable DeviceEvent arrived) {
        this.onHost = onHost;
        this.arrived = arrived;
    }

    /// @param values contiguous; its scope may end before they are read
    static LateCopy of(Tensor values) {
        long onHost = Operators.single("to_host_later", values);
        return new LateCopy(onHost, Engine.device() == Device.GPU ? DeviceEvent.afterAllSoFar() : null);
    }

    /// Until this object is closed.
    MemorySegment await(long bytes) {
        return HostReads.waiting(() -> {
            if (arrived != null) arrived.await();
            return HostMemory.bytes(onHost, bytes);
        });
    }

    @Override
    public void close() {
        if (arrived != null) arrived.close();
        LibTorch.freeTensor(onHost);
    }
}
