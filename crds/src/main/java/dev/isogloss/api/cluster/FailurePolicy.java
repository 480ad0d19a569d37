package dev.isogloss.api.cluster;

/// The effect of a failed step on the others.
public enum FailurePolicy {
    /// Running steps are stopped, nothing further starts.
    Stop,
    /// Whatever does not depend on the failed step goes on.
    Continue
}
