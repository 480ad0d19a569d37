package dev.isogloss.trainer.tokenizer;

/// Counts how often the native library opens a file.
public final class Openings {
    private Openings() {}

    /// What may open files.
    @FunctionalInterface
    public interface Reading<E extends Exception> {
        void run() throws E;
    }

    public static <E extends Exception> long of(Reading<E> reading) throws E {
        long before = NativeTokenizer.opened();
        reading.run();
        return NativeTokenizer.opened() - before;
    }
}
