package dev.isogloss.api.run;

/// Whether the targets of a run are learnt together.
public enum Pooling {
    /// One pool of all targets' unlabelled texts, one set of models for all of them.
    Together,
    /// A pool and a set of models for each target.
    Separate
}
