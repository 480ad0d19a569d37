package dev.isogloss.api.encoder;

/// The number format in which the encoder multiplies matrices; weights and everything else stay in 32 bits.
public enum Precision {
    Float32,
    BFloat16
}
