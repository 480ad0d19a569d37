package dev.isogloss.trainer.loop;

/// How a training ended.
///
/// @param updates   updates done
/// @param kept      the update after which the parameters were as they are now
/// @param bestScore the score that decided; NaN if none was asked for
public record TrainingOutcome(long updates, long kept, double bestScore) {}
