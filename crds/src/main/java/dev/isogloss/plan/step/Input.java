package dev.isogloss.plan.step;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An input that a step reads from outside its own folder. Nothing else is mounted, fetched or looked at by executors,
/// the check before a run and the operator.
public sealed interface Input {
    String DATA = "data";
    String CORPUS = "corpus";
    String PAIRS = "pairs";
    String DICTIONARY = "dictionary";

    /// The name in [Locations] of a published encoder: a run may have several.
    static String encoder(String name) {
        return "encoder/" + name;
    }

    /// The name of its place in [Locations]; empty for what is generated or in the store.
    Optional<String> place();

    /// The place of the input; empty also if the locations do not name it.
    default Optional<Location> in(Locations locations) {
        return place().map(locations.inputs()::get);
    }

    /// The part of `all` that these inputs need. Files of single languages belong to the labelled data: an
    /// evaluation also looks at the texts that its model learnt from, in languages that its own spec does not name.
    static Locations locations(Collection<Input> inputs, Locations all) {
        Map<String, Location> needed = new TreeMap<>();
        for (Input input : inputs)
            input.in(all).ifPresent(location -> needed.put(input.place().orElseThrow(), location));
        return new Locations(needed, needed.containsKey(DATA) ? all.languages() : List.of());
    }

    /// Splits of the dataset, all of these languages.
    ///
    /// @param otherwise a sentence for users who lack such a file: what they can do; may be empty
    record LabelledData(
            DatasetIdentity data, TaskType task, List<String> languages, List<String> splits, String otherwise)
            implements Input {
        public LabelledData {
            languages = Bounds.names("languages", languages);
            splits = Bounds.names("splits", splits);
        }

        public LabelledData(DatasetIdentity data, TaskType task, List<String> languages, List<String> splits) {
            this(data, task, languages, splits, "");
        }

        @Override
        public Optional<String> place() {
            return data.generated() == null ? Optional.of(DATA) : Optional.empty();
        }
    }

    /// The text of a corpus in these languages.
    record PlainText(CorpusIdentity corpus, List<String> languages) implements Input {
        public PlainText {
            languages = Bounds.names("languages", languages);
        }

        @Override
        public Optional<String> place() {
            return corpus.generated() == null ? Optional.of(CORPUS) : Optional.empty();
        }
    }

    /// The translation pairs of a corpus, in all its languages that have some.
    record Translations(CorpusIdentity corpus) implements Input {
        @Override
        public Optional<String> place() {
            return corpus.generated() == null ? Optional.of(PAIRS) : Optional.empty();
        }
    }

    /// The folder of a published encoder.
    record PublishedEncoder(EncoderOrigin.Published encoder) implements Input {
        @Override
        public Optional<String> place() {
            return Optional.of(Input.encoder(encoder.name()));
        }
    }

    /// The file of a dictionary.
    record Dictionary(DictionaryIdentity dictionary) implements Input {
        @Override
        public Optional<String> place() {
            return Optional.of(DICTIONARY);
        }
    }

    /// The output of another step in the store: its model, predictions, pseudo-labels or result.
    record StepOutput(StepKey step) implements Input {
        @Override
        public Optional<String> place() {
            return Optional.empty();
        }
    }
}
