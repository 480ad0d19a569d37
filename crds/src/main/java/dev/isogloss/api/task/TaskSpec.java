package dev.isogloss.api.task;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The task of an experiment.
public record TaskSpec(
        @JsonPropertyDescription(
                "What is predicted: SequenceClassification (one label a text), SequencePairClassification (one label "
                        + "for two texts), NamedEntityRecognition (IOB tags, scored by whole entities), "
                        + "PartOfSpeechTagging (one tag a word) or DependencyParsing (which this version cannot train "
                        + "yet).")
        TaskType type,

        @Items(max = 512, distinct = true)
        @JsonPropertyDescription(
                "The labels in the order of the classifier's outputs. Without it: the labels of all training splits that "
                        + "are learnt from, sorted.")
        @Nullable
        List<@Length(max = 64) String> labels,

        @JsonPropertyDescription(
                "What stands between encoder and logits. Without it: Pooled for sequences, Token for words.")
        @Nullable
        Head head,

        @Default("false")
        @JsonPropertyDescription("Token tasks: draw one dropout mask a sentence and share it over the words.")
        boolean variationalDropout) {

    public TaskSpec {
        Bounds.check(TaskSpec.class, type, labels, head, variationalDropout);
        if (labels != null) labels = List.copyOf(labels);
    }
}
