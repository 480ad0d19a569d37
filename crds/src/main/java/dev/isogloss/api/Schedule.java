package dev.isogloss.api;

/// How the learning rate moves after the warm-up.
public enum Schedule {
    Linear,
    Constant,
    Cosine
}
