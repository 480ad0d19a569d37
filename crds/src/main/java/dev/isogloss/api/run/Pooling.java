package dev.isogloss.api.run;

/// The targets of a run in one pool or in several.
public enum Pooling {
    /// One pool of all targets' unlabelled texts, one set of models for all of them.
    Together,
    /// A pool and a set of models for each target.
    Separate
}
