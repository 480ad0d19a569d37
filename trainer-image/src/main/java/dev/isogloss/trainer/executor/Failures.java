package dev.isogloss.trainer.executor;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.bucket.BucketFailure;
import dev.isogloss.trainer.hub.HubFailure;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.store.StoreFull;
import dev.isogloss.trainer.tensor.OutOfDeviceMemory;

/// What a failure means to the outside: a paragraph and an exit code.
public final class Failures {
    public static final int INVALID_INPUT = 2;
    public static final int OUT_OF_DEVICE_MEMORY = 3;
    public static final int STOPPED = 143;
    public static final int OTHER = 1;

    private Failures() {}

    /// One paragraph for people. Failures nobody foresaw have no such text; then their class says the most.
    public static String sentence(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case InvalidInput _, OutOfDeviceMemory _, Stopped _, StoreFull _, BucketFailure _, HubFailure _ ->
                String.valueOf(message);
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

    /// 2 and 3 are not worth a retry, 143 is no failure, everything else may pass.
    public static int exitCode(Throwable failure) {
        return switch (failure) {
            case InvalidInput _ -> INVALID_INPUT;
            case OutOfDeviceMemory _ -> OUT_OF_DEVICE_MEMORY;
            case Stopped _ -> STOPPED;
            default -> OTHER;
        };
    }
}
