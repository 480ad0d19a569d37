package dev.isogloss.plan;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.plan.step.StepKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that a decision rests on.
///
/// @param states      of steps by key, also of steps that the plan does not (or no longer) have
/// @param parallelism how many steps may run at the same time
/// @param maxFailed   with `Continue`: how many failed steps are put up with
/// @param concluded   the verdict that was latched; null before
public record Observation(
        Plan plan,
        Map<StepKey, StepState> states,
        int parallelism,
        FailurePolicy policy,
        int maxFailed,
        boolean suspended,
        @Nullable Verdict concluded) {
    private static final StepState WAITING = new StepState.Waiting();

    public Observation {
        states = Map.copyOf(states);
        if (parallelism < 1)
            throw new IllegalArgumentException(
                    "parallelism is %d; at least one step must be able to run".formatted(parallelism));
        if (maxFailed < 0)
            throw new IllegalArgumentException("maxFailed is %d; it cannot be negative".formatted(maxFailed));
    }

    public StepState state(StepKey key) {
        return states.getOrDefault(key, WAITING);
    }
}
