package dev.isogloss.api.method;

/// The course of the learning rate after the warm-up.
public enum Schedule {
    Linear,
    Constant,
    Cosine
}
