package dev.isogloss.api.method;

/// How the learning rate moves after the warm-up.
public enum Schedule {
    Linear,
    Constant,
    Cosine
}
