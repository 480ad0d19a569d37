package dev.isogloss.api.task;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The task of an experiment.
public record TaskSpec(
        @Meaning("What is predicted: SequenceClassification (one label a text), SequencePairClassification (one label "
                + "for two texts), NamedEntityRecognition (IOB tags, scored by whole entities), PartOfSpeechTagging "
                + "(one tag a word) or DependencyParsing (a head and a relation for each word).")
        TaskType type,

        @Items(max = 512, distinct = true)
        @Meaning("The labels in the order of the classifier's outputs. Without it: the labels of all training splits "
                + "that are learnt from, sorted; for DependencyParsing the 37 universal relations.")
        @Nullable
        List<@Length(max = 64) String> labels,

        @Meaning("What stands between encoder and logits. Without it: Pooled for sequences, Token for words, Biaffine "
                + "for trees.")
        @Nullable
        Head head,

        @Default("false")
        @Meaning("Tasks over words and trees: draw one dropout mask a sentence and share it over the words.")
        boolean variationalDropout,

        @Meaning("The head of DependencyParsing; other tasks have none. Without it: its defaults.") @Nullable
        Parser parser) {

    public TaskSpec(TaskType type, @Nullable List<String> labels, @Nullable Head head, boolean variationalDropout) {
        this(type, labels, head, variationalDropout, null);
    }

    public TaskSpec {
        Bounds.check(TaskSpec.class, type, labels, head, variationalDropout, parser);
        if (labels != null) labels = List.copyOf(labels);
    }
}
