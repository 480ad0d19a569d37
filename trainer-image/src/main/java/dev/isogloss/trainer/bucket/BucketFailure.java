package dev.isogloss.trainer.bucket;

/// The failure to reach a bucket, or to get a sensible response from it, in as many attempts as we make. Trying later
/// may help.
public final class BucketFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    BucketFailure(String message) {
        super(message);
    }

    BucketFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
