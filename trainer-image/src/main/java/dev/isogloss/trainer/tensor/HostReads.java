package dev.isogloss.trainer.tensor;

/// A count, thread by thread, of the times that numbers were read from the device, which wait for it. Counted on a
/// CPU, too, where nothing waits.
public final class HostReads {
    private static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);

    private HostReads() {}

    static void count() {
        COUNT.get()[0]++;
    }

    public static long ofThisThread() {
        return COUNT.get()[0];
    }
}
