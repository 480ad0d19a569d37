package dev.isogloss.trainer.task;

import dev.isogloss.trainer.tensor.Tensor;

/// The output of a head for a batch: the features that it read, and the logits.
///
/// @param features [n, d], before dropout: the pooled or first token of a text, the first sub-word of a word
/// @param logits   [n, k]
public record HeadOutput(Tensor features, Tensor logits) {}
