package dev.isogloss.trainer.step;

import java.time.Duration;

/// Options that may differ between two runs of the same step without changing its result (`threads` apart, which may
/// move the last bits).
///
/// @param threads                 how many threads the engine computes with; 0: one per core
/// @param checkpointEvery         at most so much work is lost when a step is killed
/// @param checkpointUpdates       also write a checkpoint every so many updates; 0: only by time
/// @param activationCheckpointing compute activations twice and keep fewer: less memory, about a third more time
/// @param metricsPort             where Prometheus metrics are served; 0: nowhere
public record RunOptions(
        int threads,
        Duration checkpointEvery,
        int checkpointUpdates,
        boolean activationCheckpointing,
        int metricsPort) {

    public static final RunOptions DEFAULT = new RunOptions(0, Duration.ofMinutes(5), 0, false, 0);
}
