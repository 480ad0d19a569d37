package dev.isogloss.api.cluster;

/// The effect of a failed step on the others.
public enum FailurePolicy {
    /// Running steps are stopped, nothing further starts.
    Stop,
    /// Steps that do not depend on the failed one go on.
    Continue
}
