package dev.isogloss.trainer.store;

/// The disk under the store is full. Nothing half-written is left; once there is room the same command goes on.
public final class StoreFull extends RuntimeException {

    public StoreFull(String message, Throwable cause) {
        super(message, cause);
    }
}
