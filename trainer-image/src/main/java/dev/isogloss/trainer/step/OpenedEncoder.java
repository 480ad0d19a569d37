package dev.isogloss.trainer.step;

import dev.isogloss.trainer.encoder.Encoder;

/// An encoder and the tokenizer that it came with.
///
/// @param tokenizer the content of `tokenizer.json`
public record OpenedEncoder(Encoder encoder, String tokenizer) {}
