package dev.isogloss.trainer.progress;

/// A listener to the events of a run, called by many threads. Closing it takes away what it still shows.
public interface RunListener extends AutoCloseable {

    /// Ignores all events.
    RunListener SILENT = event -> {};

    void on(RunEvent event);

    @Override
    default void close() {}
}
