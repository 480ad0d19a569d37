package dev.isogloss.api;

/// An encoder made from scratch: a tokenizer and weights trained on the experiment's corpus. `seed` is shared by all
/// runs of the experiment.
public record FromPretraining(Architecture architecture, TokenizerSpec tokenizer, Pretrain pretrain, long seed) {}
