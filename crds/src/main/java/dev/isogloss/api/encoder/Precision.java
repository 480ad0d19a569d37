package dev.isogloss.api.encoder;

/// In what the encoder multiplies matrices; weights and everything else stay in 32 bits.
public enum Precision {
    Float32,
    BFloat16
}
