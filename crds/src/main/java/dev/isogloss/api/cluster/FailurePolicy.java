package dev.isogloss.api.cluster;

/// What a failed step means for the others.
public enum FailurePolicy {
    /// Running steps are stopped, nothing further starts.
    Stop,
    /// Whatever does not depend on the failed step goes on.
    Continue
}
