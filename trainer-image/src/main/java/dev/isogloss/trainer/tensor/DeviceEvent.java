package dev.isogloss.trainer.tensor;

import java.lang.foreign.MemorySegment;

/// A point in the GPU's work that the program can wait for.
final class DeviceEvent implements AutoCloseable {
    private final MemorySegment event = NvidiaDriver.ofThisProcess().recordEvent();

    private DeviceEvent() {}

    /// Reached when all is done that was asked for up to now.
    static DeviceEvent afterAllSoFar() {
        return new DeviceEvent();
    }

    void await() {
        NvidiaDriver.ofThisProcess().awaitEvent(event);
    }

    @Override
    public void close() {
        NvidiaDriver.ofThisProcess().destroyEvent(event);
    }
}
