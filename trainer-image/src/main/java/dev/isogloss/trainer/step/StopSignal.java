package dev.isogloss.trainer.step;

/// Whether somebody asked the process to end (SIGTERM, Ctrl-C). Training looks between two updates, writes a
/// checkpoint and throws [dev.isogloss.trainer.loop.Stopped].
@FunctionalInterface
public interface StopSignal {

    /// Nobody will ever ask.
    StopSignal NEVER = () -> false;

    boolean requested();
}
