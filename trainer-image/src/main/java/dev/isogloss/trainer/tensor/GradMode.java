package dev.isogloss.trainer.tensor;

import ai.djl.pytorch.jni.LibTorch;
import java.util.function.Supplier;

/// Whether this thread records what it computes, so that gradients can be taken. Off until someone asks; closing
/// gives back what was before.
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

    /// What `body` gives, computed without recording.
    public static <T> T without(Supplier<T> body) {
        try (GradMode _ = disabled()) {
            return body.get();
        }
    }

    /// What `body` gives, recorded.
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
