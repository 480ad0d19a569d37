package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.DictionaryIdentity;
import java.util.Locale;

/// The name and version by which a key knows data: its location may change, its bytes may not.
public record Identity(Kind kind, String name, String version) {

    public static Identity of(DatasetIdentity dataset) {
        return new Identity(Kind.Dataset, dataset.name(), dataset.version());
    }

    public static Identity of(DictionaryIdentity dictionary) {
        return new Identity(Kind.Dictionary, dictionary.name(), dictionary.version());
    }

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
