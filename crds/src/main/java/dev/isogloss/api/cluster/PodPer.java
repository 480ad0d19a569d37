package dev.isogloss.api.cluster;

/// The work of one pod.
public enum PodPer {
    /// A single step.
    Step,
    /// A step that makes a model, and then the steps that measure it or label with it and need nothing else.
    Model,
    /// A step that makes a model, the steps that read it, and then the one that goes on from it, if there is no other
    /// that could do so at the same time in a pod of its own; and so on.
    Line
}
