package dev.isogloss.trainer.bucket;

/// A bucket could not be asked, or did not answer sensibly, more often than we were willing to begin again. Trying
/// later may help.
public final class BucketFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    BucketFailure(String message) {
        super(message);
    }

    BucketFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
