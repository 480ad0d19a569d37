package dev.isogloss.api.cluster;

/// A word for people, derived from conditions; no code decides by it.
public enum Phase {
    Pending,
    Running,
    Succeeded,
    Failed,
    Suspended,
    Invalid
}
