package dev.isogloss.trainer.loop;

/// A step ended early because it was told to; its checkpoint is written and the same command goes on from there. Exit
/// code 143.
public final class Stopped extends RuntimeException {

    /// @param message where it stopped: "at update 120 of 600"
    public Stopped(String message) {
        super(message);
    }
}
