package dev.isogloss.plan;

/// How a plan ended.
public enum Verdict {
    Succeeded,
    Failed
}
