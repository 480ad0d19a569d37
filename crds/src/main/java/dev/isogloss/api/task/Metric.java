package dev.isogloss.api.task;

/// A score; all lie between 0 and 1.
public enum Metric {
    Accuracy,
    MacroF1,
    SpanF1,
    UnlabelledAttachment,
    LabelledAttachment
}
