package dev.isogloss.trainer.tensor;

import java.util.function.Supplier;

/// Counts, thread by thread, the times that numbers were read from the device, and for how long these reads waited for
/// it. Counted on a CPU, too, where nothing waits.
public final class HostReads {
    private static final ThreadLocal<HostReads> OF_THREAD = ThreadLocal.withInitial(HostReads::new);

    private long count;
    private long nanoseconds;

    private HostReads() {}

    /// Counts a read that ends when the device has computed what is read.
    static <T> T waiting(Supplier<T> read) {
        HostReads reads = OF_THREAD.get();
        reads.count++;
        long before = System.nanoTime();
        try {
            return read.get();
        } finally {
            reads.nanoseconds += System.nanoTime() - before;
        }
    }

    public static long ofThisThread() {
        return OF_THREAD.get().count;
    }

    /// Nanoseconds that reads of this thread have taken until the numbers were there.
    public static long waitedByThisThread() {
        return OF_THREAD.get().nanoseconds;
    }
}
