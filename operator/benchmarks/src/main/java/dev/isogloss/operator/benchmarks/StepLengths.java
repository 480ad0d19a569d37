package dev.isogloss.operator.benchmarks;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How long played steps take.
///
/// @param start what a pod takes before its first step, while it holds its device
/// @param least of a training
/// @param most  of a training
/// @param quick of a step that reads a model for a few seconds; null where all steps are alike
record StepLengths(
        Duration start,
        Duration least,
        Duration most,
        @Nullable Duration quick) {
    private static final Set<String> QUICK = Set.of("Evaluate", "PredictPool", "SelectPseudoLabels");

    static StepLengths all(Duration each) {
        return between(each, each);
    }

    static StepLengths between(Duration least, Duration most) {
        return new StepLengths(Duration.ZERO, least, most, null);
    }

    /// @param share where it lies between the shortest and the longest: 0 to 1, always the same for the same step
    Duration of(String kind, double share) {
        if (quick != null && QUICK.contains(kind)) return quick;
        return least.plusMillis((long) (share * most.minus(least).toMillis()));
    }
}
