package dev.isogloss.trainer.step;

/// A request that the process end (SIGTERM, Ctrl-C). Training looks for it between two updates, writes a checkpoint and
/// throws [dev.isogloss.trainer.loop.Stopped].
@FunctionalInterface
public interface StopSignal {

    /// Never requested.
    StopSignal NEVER = () -> false;

    boolean requested();
}
