package dev.isogloss.trainer.loop;

/// The outcome of a training.
///
/// @param updates   updates done
/// @param kept      the update after which the parameters were as they are now; 0: none was better than the start
/// @param bestScore the score that decided; NaN if none was asked for
/// @param bar       the score before the first update; NaN if none was asked for
public record TrainingOutcome(long updates, long kept, double bestScore, double bar) {

    /// True if no checkpoint was better than the parameters that the training began with (`keep: Better`).
    public boolean isRejected() {
        return kept == 0 && !Double.isNaN(bar);
    }
}
