package dev.isogloss.api.task;

/// The kind of label that is predicted, and for what.
public enum TaskType {
    SequenceClassification,
    SequencePairClassification,
    NamedEntityRecognition,
    PartOfSpeechTagging,
    DependencyParsing
}
