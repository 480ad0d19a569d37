package dev.isogloss.api.task;

/// The layers between the encoder and the logits (the papers differ; `docs/methods` says who uses which).
public enum Head {
    /// dropout → tanh(W·first token) → dropout → linear: what `transformers` builds for the encoder's family.
    Pooled,
    /// The raw first token of the last layer → dropout → linear.
    FirstToken,
    /// Token tasks: the last hidden state of each word's first sub-word → dropout → linear.
    Token,
    /// Trees: two biaffine scorers over words and a root, one for heads and one for relations.
    Biaffine
}
