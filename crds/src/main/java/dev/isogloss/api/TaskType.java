package dev.isogloss.api;

/// What is predicted, for what.
public enum TaskType {
    SequenceClassification,
    SequencePairClassification,
    NamedEntityRecognition,
    PartOfSpeechTagging,
    DependencyParsing
}
