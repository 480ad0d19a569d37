package dev.isogloss.trainer.loop;

import org.jspecify.annotations.Nullable;

/// Everything but tensors that a training needs to go on as if it had never stopped.
///
/// @param update     updates done
/// @param lossSum    sum of the losses since the curve's last line
/// @param lossCount  how many those are
/// @param best       the best-scored checkpoint so far; null before the first evaluation
/// @param bar        the score before the first update; null where none was asked for
/// @param stale      evaluations since `best`
record CheckpointState(
        long update,
        double lossSum,
        int lossCount,
        @Nullable Best best,
        @Nullable Double bar,
        int stale) {

    /// A scored checkpoint: its parameters are in `file`, beside the checkpoint.
    record Best(long update, double score, String file) {}

    static CheckpointState fresh() {
        return new CheckpointState(0, 0, 0, null, null, 0);
    }

    CheckpointState after(double loss) {
        return new CheckpointState(update + 1, lossSum + loss, lossCount + 1, best, bar, stale);
    }

    CheckpointState withLossReported() {
        return new CheckpointState(update, 0, 0, best, bar, stale);
    }

    CheckpointState withBest(Best better) {
        return new CheckpointState(update, lossSum, lossCount, better, bar, 0);
    }

    CheckpointState withBar() {
        return new CheckpointState(update, lossSum, lossCount, best, best == null ? null : best.score(), stale);
    }

    CheckpointState withStale() {
        return new CheckpointState(update, lossSum, lossCount, best, bar, stale + 1);
    }
}
