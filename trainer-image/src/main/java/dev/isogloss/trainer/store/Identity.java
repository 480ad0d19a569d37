package dev.isogloss.trainer.store;

import java.util.Locale;

/// What a key knows data by: where it lies may change, its bytes may not.
public record Identity(Kind kind, String name, String version) {

    /// What kind of data.
    public enum Kind {
        DATASET("datasets"),
        CORPUS("corpora"),
        ENCODER("encoders"),
        DICTIONARY("dictionaries");

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
