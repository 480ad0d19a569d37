package dev.isogloss.api.cluster;

/// The work of one pod.
public enum PodPer {
    /// A single step.
    Step,
    /// A step that makes a model, and then the steps that measure it or label with it and need nothing else.
    Model
}
