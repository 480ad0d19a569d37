package ai.djl.pytorch.jni;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;

/// The only door to libtorch: handles in, handles out. It lives in the engine's package because the native methods are
/// package-private there. The holder of a handle owns it and has to free it. Only `dev.isogloss.trainer.tensor` may
/// use it.
public final class LibTorch {

    private static final PyTorchLibrary NATIVE = PyTorchLibrary.LIB;
    private static final int[] CPU = {0, -1};

    private LibTorch() {}

    /// A TorchScript archive (a zip file's bytes) made callable; lives until the process ends.
    public static long load(byte[] archive) {
        return NATIVE.moduleLoad(
                new ByteArrayInputStream(archive), CPU, false, new byte[archive.length], archive.length);
    }

    /// Runs a method; the result is a box that has to be opened and freed.
    public static long call(long module, String method, long[] boxes) {
        return NATIVE.moduleRunMethod(module, method, boxes, true, false);
    }

    public static long box(boolean value) {
        return NATIVE.iValueFromBool(value);
    }

    public static long box(long value) {
        return NATIVE.iValueFromLong(value);
    }

    public static long box(double value) {
        return NATIVE.iValueFromDouble(value);
    }

    public static long box(String value) {
        return NATIVE.iValueFromString(value);
    }

    public static long box(long[] values) {
        return NATIVE.iValueFromLongList(values);
    }

    public static long boxTensor(long tensor) {
        return NATIVE.iValueFromTensor(tensor);
    }

    public static long boxTensors(long[] tensors) {
        return NATIVE.iValueFromTensorList(tensors);
    }

    public static long openTensor(long box) {
        return NATIVE.iValueToTensor(box);
    }

    public static long[] openTensors(long box) {
        return NATIVE.iValueToTensorList(box);
    }

    public static boolean openBoolean(long box) {
        return NATIVE.iValueToBool(box);
    }

    public static void freeBox(long box) {
        NATIVE.torchDeleteIValue(box);
    }

    public static void freeTensor(long tensor) {
        NATIVE.torchDeleteTensor(tensor);
    }

    public static long[] shape(long tensor) {
        return NATIVE.torchSizes(tensor);
    }

    /// The bytes of a contiguous tensor in main memory, not a copy: valid while the tensor lives and no longer.
    public static ByteBuffer bytes(long tensor) {
        return NATIVE.torchDirectByteBuffer(tensor);
    }

    /// A view of the first element, which keeps the memory of the whole tensor alive.
    public static long firstElement(long tensor) {
        long flat = NATIVE.torchReshape(tensor, new long[] {-1});
        try {
            return NATIVE.torchSlice(flat, 0, 0, 1, 1);
        } finally {
            NATIVE.torchDeleteTensor(flat);
        }
    }

    public static void setThreads(int threads) {
        NATIVE.torchSetNumThreads(threads);
    }

    public static int threads() {
        return NATIVE.torchGetNumThreads();
    }

    /// Of this thread alone; libtorch starts every thread with recording switched on.
    public static void setGradMode(boolean on) {
        NATIVE.torchSetGradMode(on);
    }

    public static boolean gradMode() {
        return NATIVE.torchIsGradMode();
    }

    /// Of this thread alone. Off: methods run as they are written, without profiling runs first.
    public static void setGraphOptimiser(boolean on) {
        NATIVE.setGraphExecutorOptimize(on);
    }
}
