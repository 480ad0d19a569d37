package dev.isogloss.trainer.executor;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.result.ExitCode;
import dev.isogloss.trainer.bucket.BucketFailure;
import dev.isogloss.trainer.hub.HubFailure;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.step.MissingStep;
import dev.isogloss.trainer.store.StoreFull;
import dev.isogloss.trainer.tensor.OutOfDeviceMemory;

/// The two things that a failure becomes for the outside: a paragraph and an exit code.
public final class Failures {
    private Failures() {}

    /// One paragraph for people. Unforeseen failures have no such text; then their class says the most.
    public static String sentence(Throwable failure) {
        return Excerpt.message(whole(failure));
    }

    private static String whole(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case InvalidInput _,
                    OutOfDeviceMemory _,
                    Stopped _,
                    StoreFull _,
                    BucketFailure _,
                    HubFailure _,
                    MissingStep _ -> String.valueOf(message);
            case OutOfMemoryError _ ->
                "The Java heap is full (%s). Give it more with ISOGLOSS_JAVA_OPTS=-Xmx8g, or lower".formatted(message)
                        + " the batch size.";
            default ->
                "%s (%s). This is probably a mistake in Isogloss; --verbose shows where it happened."
                        .formatted(
                                message == null || message.isBlank() ? "Something unforeseen happened" : message,
                                failure.getClass().getSimpleName());
        };
    }

    public static ExitCode exitCode(Throwable failure) {
        return switch (failure) {
            case InvalidInput _ -> ExitCode.InvalidInput;
            case OutOfDeviceMemory _ -> ExitCode.OutOfDeviceMemory;
            case Stopped _ -> ExitCode.Stopped;
            default -> ExitCode.Failed;
        };
    }
}
