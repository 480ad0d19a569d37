package dev.isogloss.trainer.tensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The hash of [Masks] on the GPU, from `masks.ptx`: drawn where it is used, and the same factors as on a CPU.
final class MaskKernel {

    private static final int THREADS = 256;

    private MaskKernel() {}

    private static final class Loaded {
        static final MemorySegment KERNEL = NvidiaDriver.ofThisProcess().kernel(text(), "choose");
    }

    /// Writes `n` values of 32 bits at an address of the GPU's memory; see [Masks#choose].
    ///
    /// @param run    values of one stream
    /// @param width  of a row of a stream
    /// @param stride what the counters of two rows are apart
    static void choose(long address, int n, long key, int run, int width, int stride, int threshold, int survivor) {
        if (n == 0) return;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] values = {
                arena.allocateFrom(JAVA_LONG, address),
                arena.allocateFrom(JAVA_LONG, key),
                arena.allocateFrom(JAVA_INT, n),
                arena.allocateFrom(JAVA_INT, run),
                arena.allocateFrom(JAVA_INT, width),
                arena.allocateFrom(JAVA_INT, stride),
                arena.allocateFrom(JAVA_INT, threshold),
                arena.allocateFrom(JAVA_INT, survivor)
            };
            MemorySegment parameters = arena.allocate(ADDRESS, values.length);
            for (int i = 0; i < values.length; i++) parameters.setAtIndex(ADDRESS, i, values[i]);
            NvidiaDriver.ofThisProcess().launch(Loaded.KERNEL, Math.ceilDiv(n, THREADS), THREADS, parameters);
        }
    }

    private static byte[] text() {
        try (InputStream in = MaskKernel.class.getResourceAsStream("masks.ptx")) {
            if (in == null) throw new IllegalStateException("masks.ptx is missing from the class path");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
