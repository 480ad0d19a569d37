package dev.isogloss.trainer.tensor;

import ai.djl.pytorch.jni.LibTorch;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// The bytes of tensors, lent for the length of one call. All memory is libtorch's own: no Java buffer is ever handed
/// to libtorch, so no garbage collection can pull one away from under a graph that still reads it.
final class HostMemory {

    static final int INT64 = 4;
    static final int FLOAT32 = 6;
    static final int FLOAT64 = 7;

    private static final long PINNED_AT_MOST = 16L << 20;

    private HostMemory() {}

    /// A new tensor on the device whose bytes `fill` writes. On its way to a GPU it lies in memory that the GPU can
    /// fetch by itself, without a wait for the copy; large ones, weights mostly, would pin too much of it.
    static Tensor create(int kind, int bytesEach, long[] shape, Consumer<MemorySegment> fill) {
        long size = count(shape) * bytesEach;
        boolean pinned = Engine.device() == Device.GPU && size <= PINNED_AT_MOST;
        long handle = Operators.single("empty", shape, kind, pinned);
        try {
            fill.accept(bytes(handle, size));
        } catch (RuntimeException e) {
            LibTorch.freeTensor(handle);
            throw e;
        }
        Tensor onHost = Scope.innermost().own(handle);
        if (Engine.device() == Device.CPU) {
            return onHost;
        }
        Tensor moved = Operators.call("to_device", onHost, Engine.device().toString(), pinned);
        onHost.free();
        return moved;
    }

    /// The address of a contiguous tensor of float32 in the memory of its device; 0 if it has no elements.
    static long address(Tensor floats) {
        return bytes(floats.handle(), floats.count() * Float.BYTES).address();
    }

    /// Shows the values of a tensor, converted to `kind`, in row-major order.
    static void read(Tensor tensor, int kind, int bytesEach, Consumer<MemorySegment> reader) {
        long handle = HostReads.waiting(() -> Operators.single("to_host", tensor, kind));
        try {
            reader.accept(bytes(handle, tensor.count() * bytesEach));
        } finally {
            LibTorch.freeTensor(handle);
        }
    }

    static long count(long[] shape) {
        long n = 1;
        for (long size : shape) {
            n = Math.multiplyExact(n, size);
        }
        return n;
    }

    /// A Java buffer ends at 2 GiB, so larger tensors are reached through the address of their first element.
    static MemorySegment bytes(long handle, long size) {
        if (size <= Integer.MAX_VALUE) {
            return size == 0 ? MemorySegment.NULL : MemorySegment.ofBuffer(LibTorch.bytes(handle));
        }
        long first = LibTorch.firstElement(handle);
        try {
            return MemorySegment.ofAddress(
                            MemorySegment.ofBuffer(LibTorch.bytes(first)).address())
                    .reinterpret(size);
        } finally {
            LibTorch.freeTensor(first);
        }
    }
}
