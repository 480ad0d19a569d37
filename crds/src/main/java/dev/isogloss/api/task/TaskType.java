package dev.isogloss.api.task;

/// What is predicted, for what.
public enum TaskType {
    SequenceClassification,
    SequencePairClassification,
    NamedEntityRecognition,
    PartOfSpeechTagging,
    DependencyParsing
}
