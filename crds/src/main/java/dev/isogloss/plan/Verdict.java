package dev.isogloss.plan;

/// The outcome of a plan.
public enum Verdict {
    Succeeded,
    Failed
}
