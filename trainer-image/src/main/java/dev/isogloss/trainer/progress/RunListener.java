package dev.isogloss.trainer.progress;

/// Hears everything that happens during a run, from many threads. Closing it takes away what it still shows.
public interface RunListener extends AutoCloseable {

    /// Hears nothing.
    RunListener SILENT = event -> {};

    void on(RunEvent event);

    @Override
    default void close() {}
}
