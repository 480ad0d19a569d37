package dev.isogloss.trainer.tensor;

import ai.djl.pytorch.jni.LibTorch;
import java.util.function.Supplier;

/// The recording of a thread's computations, from which gradients are taken. Off by default; closing
/// restores the former mode.
public final class GradMode implements AutoCloseable {

    private final boolean before;

    private GradMode(boolean on) {
        before = isEnabled();
        LibTorch.setGradMode(on);
    }

    public static GradMode enabled() {
        return new GradMode(true);
    }

    public static GradMode disabled() {
        return new GradMode(false);
    }

    public static boolean isEnabled() {
        Operators.prepareThread();
        return LibTorch.gradMode();
    }

    /// The result of `body`, computed without recording.
    public static <T> T without(Supplier<T> body) {
        try (GradMode _ = disabled()) {
            return body.get();
        }
    }

    /// The result of `body`, recorded.
    public static <T> T with(Supplier<T> body) {
        try (GradMode _ = enabled()) {
            return body.get();
        }
    }

    @Override
    public void close() {
        LibTorch.setGradMode(before);
    }
}
