package dev.isogloss.trainer.loop;

import java.util.Map;

/// Watches a training and may stop it. On a GPU an update is told of when the next one is under way, but for those
/// that a line of the curve, a score or a checkpoint follows.
public interface TrainingListener {

    /// @param update updates already done: 0 unless a checkpoint was found
    void resumed(long update);

    /// @param update updates done
    void updated(long update, long of, double loss);

    /// Sequences and tokens (without padding) that the running update read.
    void read(long examples, long tokens);

    /// A line of the curve.
    void curve(long update, Map<String, Double> values);

    /// Asked after every update; if true, a checkpoint is written and the training ends with [Stopped].
    boolean stopRequested();
}
