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
                + "(one tag a word) or DependencyParsing (which this version cannot train yet).")
        TaskType type,

        @Items(max = 512, distinct = true)
        @Meaning("The labels in the order of the classifier's outputs. Without it: the labels of all training splits "
                + "that are learnt from, sorted.")
        @Nullable
        List<@Length(max = 64) String> labels,

        @Meaning("What stands between encoder and logits. Without it: Pooled for sequences, Token for words.") @Nullable
        Head head,

        @Default("false") @Meaning("Token tasks: draw one dropout mask a sentence and share it over the words.")
        boolean variationalDropout) {

    public TaskSpec {
        Bounds.check(TaskSpec.class, type, labels, head, variationalDropout);
        if (labels != null) labels = List.copyOf(labels);
    }
}
