package dev.isogloss.trainer.method;

import dev.isogloss.api.method.Schedule;

/// The learning rate's way: up linearly over the warm-up, then as the schedule says.
///
/// `factor` is read before the update, so the very first update of a warm-up has a rate of 0 (as
/// `transformers` does).
///
/// @param peak          the rate at the end of the warm-up
/// @param warmupUpdates updates until the peak, ≥ 0
/// @param totalUpdates  updates until the end, > 0
public record LearningRate(double peak, Schedule schedule, long warmupUpdates, long totalUpdates) {

    public static LearningRate of(double peak, Schedule schedule, double warmupFraction, long totalUpdates) {
        return new LearningRate(peak, schedule, (long) Math.ceil(warmupFraction * totalUpdates), totalUpdates);
    }

    /// @param update counted from 0
    public double at(long update) {
        return peak * factor(update);
    }

    /// True if no update changes anything: a training of one update whose warm-up is rounded up to all of it.
    public boolean isAlwaysZero() {
        return totalUpdates == 1 && at(0) == 0;
    }

    private double factor(long update) {
        if (update < warmupUpdates) return (double) update / warmupUpdates;
        double left = (double) (totalUpdates - update) / Math.max(1, totalUpdates - warmupUpdates);
        return switch (schedule) {
            case Constant -> 1;
            case Linear -> Math.max(0, left);
            case Cosine -> 0.5 * (1 + StrictMath.cos(StrictMath.PI * (1 - Math.max(0, left))));
        };
    }
}
