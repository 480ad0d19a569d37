package dev.isogloss.trainer.store;

import java.util.Locale;

/// The name and version by which a key knows data: its location may change, its bytes may not.
public record Identity(Kind kind, String name, String version) {

    /// The kind of data.
    public enum Kind {
        Dataset("datasets"),
        Corpus("corpora"),
        Encoder("encoders"),
        Dictionary("dictionaries");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        /// Of a store.
        String folder() {
            return folder;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
