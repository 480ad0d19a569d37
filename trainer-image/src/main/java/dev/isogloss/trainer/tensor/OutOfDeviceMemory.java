package dev.isogloss.trainer.tensor;

/// The device has no memory left for a tensor. The message says what to make smaller.
public final class OutOfDeviceMemory extends RuntimeException {

    public OutOfDeviceMemory(String operator, Throwable cause) {
        super(
                ("There is not enough memory on %s for the operator %s. Make the batches smaller (and accumulate gradients"
                                + " over more of them), shorten the texts, switch activation checkpointing on, or use a"
                                + " smaller encoder.")
                        .formatted(Engine.device(), operator),
                cause);
    }

    /// libtorch knows several words for it, one per allocator.
    static boolean isMeantBy(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("can't allocate memory")
                || message.contains("not enough memory")
                || message.contains("out of memory")
                || message.contains("CUBLAS_STATUS_ALLOC_FAILED");
    }
}
