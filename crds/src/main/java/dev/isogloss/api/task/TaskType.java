package dev.isogloss.api.task;

import java.util.List;

/// The kind of label that is predicted, and for what.
public enum TaskType {
    SequenceClassification,
    SequencePairClassification,
    NamedEntityRecognition,
    PartOfSpeechTagging,
    DependencyParsing;

    /// Whether an example is a sentence with a tag for each word.
    public boolean labelsWords() {
        return switch (this) {
            case NamedEntityRecognition, PartOfSpeechTagging -> true;
            case SequenceClassification, SequencePairClassification, DependencyParsing -> false;
        };
    }

    /// Whether tags mark spans of words in the IOB scheme, which are scored whole.
    public boolean labelsSpans() {
        return switch (this) {
            case NamedEntityRecognition -> true;
            case SequenceClassification, SequencePairClassification, PartOfSpeechTagging, DependencyParsing -> false;
        };
    }

    /// Whether an example is a tree over the words of a sentence.
    public boolean labelsTrees() {
        return switch (this) {
            case DependencyParsing -> true;
            case SequenceClassification, SequencePairClassification, NamedEntityRecognition, PartOfSpeechTagging ->
                false;
        };
    }

    /// Whether an example is one label for one text or two.
    public boolean labelsTexts() {
        return !labelsWords() && !labelsTrees();
    }

    /// Whether an example has two texts.
    public boolean readsPairs() {
        return switch (this) {
            case SequencePairClassification -> true;
            case SequenceClassification, NamedEntityRecognition, PartOfSpeechTagging, DependencyParsing -> false;
        };
    }

    /// The head of a model whose manifest names none.
    public Head usualHead() {
        return switch (this) {
            case SequenceClassification, SequencePairClassification -> Head.Pooled;
            case NamedEntityRecognition, PartOfSpeechTagging -> Head.Token;
            case DependencyParsing -> Head.Biaffine;
        };
    }

    /// Every score of the task; the first one selects checkpoints where the manifest names none.
    public List<Metric> metrics() {
        return switch (this) {
            case SequenceClassification, SequencePairClassification, PartOfSpeechTagging ->
                List.of(Metric.Accuracy, Metric.MacroF1);
            case NamedEntityRecognition -> List.of(Metric.SpanF1, Metric.Accuracy);
            case DependencyParsing -> List.of(Metric.LabelledAttachment, Metric.UnlabelledAttachment);
        };
    }
}
