package dev.isogloss.trainer.task;

import dev.isogloss.trainer.tensor.Tensor;

/// What a model made of a batch's predictions: what its head read, and the logits.
///
/// @param features [n, d], before dropout: the pooled or first token of a text, the first sub-word of a word
/// @param logits   [n, k]
public record HeadOutput(Tensor features, Tensor logits) {}
