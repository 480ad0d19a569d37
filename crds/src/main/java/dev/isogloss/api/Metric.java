package dev.isogloss.api;

/// A score; all lie between 0 and 1.
public enum Metric {
    Accuracy,
    MacroF1,
    SpanF1,
    UnlabelledAttachment,
    LabelledAttachment
}
