package dev.isogloss.api.method;

/// The labels of two models that a third one learns from.
public enum LabelAgreement {
    /// Of examples that both models' trusted labels hold, with the same labels throughout.
    Both,
    /// Of examples that one of them holds; where both do, with the same labels throughout.
    Union
}
