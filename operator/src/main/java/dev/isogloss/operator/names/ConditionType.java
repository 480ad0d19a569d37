package dev.isogloss.operator.names;

/// Types of conditions.
public enum ConditionType {
    /// The spec means a plan that can be run.
    Planned,
    /// Something runs or waits to run.
    Progressing,
    /// Everything is done, results are in status.
    Complete,
    /// It ended without its result.
    Failed,
    /// It does not run because a user suspended it.
    Suspended,
    /// The spec means nothing that can be run; only there while it holds.
    Invalid,
    /// Status holds less than there is; only there while it holds.
    Shortened
}
