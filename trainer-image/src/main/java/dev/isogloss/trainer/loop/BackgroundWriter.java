package dev.isogloss.trainer.loop;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A thread that writes beside a training, one thing at a time. What fails there is thrown on the training's own
/// thread, as if it had written itself.
final class BackgroundWriter {
    private @Nullable FutureTask<?> running;

    /// Begins once what was begun before is done.
    void start(Runnable work) {
        await();
        running = new FutureTask<>(work, null);
        Thread.ofPlatform().daemon().name("isogloss-checkpoint").start(running);
    }

    /// Throws what has failed meanwhile, without waiting.
    void check() {
        if (running != null && running.isDone()) await();
    }

    /// Waits until all is written; an interrupt does not shorten this.
    void await() {
        FutureTask<?> task = running;
        if (task == null) return;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failure) {
            throw unchecked(failure.getCause());
        } finally {
            running = null;
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
