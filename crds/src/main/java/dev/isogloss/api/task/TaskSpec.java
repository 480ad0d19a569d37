package dev.isogloss.api.task;

import static dev.isogloss.api.schema.Bounds.distinct;
import static dev.isogloss.api.schema.Bounds.length;
import static dev.isogloss.api.schema.Bounds.present;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The task of an experiment.
public record TaskSpec(
        @Required
        @JsonPropertyDescription(
                "What is predicted: SequenceClassification (one label a text), SequencePairClassification (one label for "
                        + "two texts), NamedEntityRecognition (IOB tags, scored by whole entities), PartOfSpeechTagging (one tag a "
                        + "word) or DependencyParsing (which this version cannot train yet). Required.")
        TaskType type,

        @Size(min = 1, max = 512)
        @Distinct
        @JsonPropertyDescription(
                "The labels in the order of the classifier's outputs. Without it: the labels of all training splits that "
                        + "are learnt from, sorted.")
        @Nullable
        List<@Size(min = 1, max = 64) String> labels,

        @JsonPropertyDescription(
                "What stands between encoder and logits. Without it: Pooled for sequences, Token for words.")
        @Nullable
        Head head,

        @Default("false")
        @JsonPropertyDescription(
                "Token tasks: draw one dropout mask a sentence and share it over the words. Default false.")
        boolean variationalDropout) {

    public TaskSpec {
        present("type", type);
        if (labels != null) {
            labels = distinct("labels", labels, 1, 512);
            labels.forEach(label -> length("labels", label, 64));
        }
    }
}
