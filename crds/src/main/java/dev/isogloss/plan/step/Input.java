package dev.isogloss.plan.step;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /// Its name in [Locations]; empty for what is generated or in the store.
    default Optional<String> locationName() {
        return Optional.ofNullable(
                switch (this) {
                    case LabelledData labelled -> labelled.data().generated() == null ? DATA : null;
                    case PlainText text -> text.corpus().generated() == null ? CORPUS : null;
                    case Translations translations -> translations.corpus().generated() == null ? PAIRS : null;
                    case PublishedEncoder(var published) -> encoder(published.name());
                    case Dictionary _ -> DICTIONARY;
                    case StepOutput _ -> null;
                });
    }

    /// What it stands for; empty for what is generated or in the store.
    default Optional<InputIdentity> identity() {
        return locationName().map(location -> switch (this) {
            case LabelledData labelled ->
                new InputIdentity(
                        location, labelled.data().name(), labelled.data().version());
            case PlainText text ->
                new InputIdentity(location, text.corpus().name(), text.corpus().version());
            case Translations(var corpus) -> new InputIdentity(location, corpus.name(), corpus.version());
            case PublishedEncoder(var encoder) -> new InputIdentity(location, encoder.name(), encoder.version());
            case Dictionary(var dictionary) -> new InputIdentity(location, dictionary.name(), dictionary.version());
            case StepOutput _ -> throw new IllegalStateException(location);
        });
    }

    /// Its location; empty also if the locations do not name it.
    default Optional<Location> in(Locations locations) {
        return locationName().map(locations.inputs()::get);
    }

    /// Splits of the dataset, all of these languages.
    ///
    /// @param otherwise a sentence for users who lack such a file: what they can do; may be empty
    /// @param labels    what their labels must be; null where nobody looks at them
    record LabelledData(
            DatasetIdentity data,
            TaskType task,
            List<String> languages,
            List<String> splits,
            String otherwise,
            @Nullable Labels labels)
            implements Input {
        /// A way out for users who have no split to select checkpoints by.
        public static final String WITHOUT_SELECTION_SPLIT =
                "Checkpoints are selected by their score on this split: label all of it, name another"
                        + " under fineTune.selection.split, or go without by selection: {keep: Last}.";

        /// @param declared   all that there may be; null: those of the splits that are learnt from
        /// @param learnt     whether a model learns its labels here
        /// @param unlabelled a sentence for users who left an example without a label, `%s` standing for the
        ///     split; null where examples need none
        public record Labels(
                @Nullable List<String> declared,
                boolean learnt,
                @Nullable String unlabelled) {}

        public LabelledData {
            languages = Bounds.names("languages", languages);
            splits = Bounds.names("splits", splits);
        }

        public LabelledData(DatasetIdentity data, TaskType task, List<String> languages, List<String> splits) {
            this(data, task, languages, splits, "", null);
        }

        /// The same splits, for a model that learns its labels from them.
        LabelledData learnt(TaskSpec task, String unlabelled) {
            return with(new Labels(task.labels(), true, unlabelled));
        }

        /// The same splits, whose labels must be known to the model that reads them.
        LabelledData known(TaskSpec task, @Nullable String unlabelled) {
            return with(new Labels(task.labels(), false, unlabelled));
        }

        private LabelledData with(Labels wanted) {
            return new LabelledData(data, task, languages, splits, otherwise, wanted);
        }

        /// The splits that a training's checkpoints are scored on.
        ///
        /// @param trained the languages that are scored where the selection names none
        static LabelledData of(Selection selection, List<String> trained, DatasetIdentity data, TaskSpec task) {
            List<String> languages = selection.languages() == null ? trained : selection.languages();
            return new LabelledData(
                            data, task.type(), languages, List.of(selection.split()), WITHOUT_SELECTION_SPLIT, null)
                    .known(task, WITHOUT_SELECTION_SPLIT);
        }
    }

    /// The text of a corpus in these languages.
    record PlainText(CorpusIdentity corpus, List<String> languages) implements Input {
        public PlainText {
            languages = Bounds.names("languages", languages);
        }
    }

    /// The translation pairs of a corpus, in all its languages that have some.
    record Translations(CorpusIdentity corpus) implements Input {}

    /// The folder of a published encoder.
    record PublishedEncoder(EncoderOrigin.Published encoder) implements Input {}

    /// The file of a dictionary.
    record Dictionary(DictionaryIdentity dictionary) implements Input {}

    /// The output of another step in the store: its model, predictions, pseudo-labels or result.
    record StepOutput(StepKey step) implements Input {}
}
