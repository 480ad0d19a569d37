package dev.isogloss.plan;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.plan.Action.Conclude;
import dev.isogloss.plan.Action.Start;
import dev.isogloss.plan.Action.Stop;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What to do next: the same observation always yields the same actions, on a laptop and on a cluster.
public final class Decider {
    private final Observation seen;
    private final List<PlannedStep> failed = new ArrayList<>();
    private final List<PlannedStep> running = new ArrayList<>();
    private final List<PlannedStep> ready = new ArrayList<>();
    private int done;

    private Decider(Observation seen) {
        this.seen = seen;
        for (PlannedStep step : seen.plan().steps()) {
            switch (seen.state(step.key())) {
                case StepState.Done _ -> done++;
                case StepState.Failed _ -> failed.add(step);
                case StepState.Running _ -> running.add(step);
                case StepState.Waiting _ -> {
                    if (isReady(step)) ready.add(step);
                }
            }
        }
    }

    public static List<Action> decide(Observation seen) {
        if (seen.concluded() != null) return List.of();
        return new Decider(seen).actions();
    }

    private boolean isReady(PlannedStep step) {
        return step.inputs().stream().allMatch(input -> seen.state(input) instanceof StepState.Done);
    }

    private List<Action> actions() {
        List<Action> actions = new ArrayList<>(stopUnwanted());
        if (isBroken()) actions.addAll(running.isEmpty() ? concludeFailed() : stopAll(firstFailure()));
        else if (done == seen.plan().steps().size())
            actions.add(new Conclude(Verdict.Succeeded, "all %d steps succeeded".formatted(done)));
        else if (running.isEmpty() && ready.isEmpty()) actions.addAll(concludeFailed());
        else if (seen.suspended()) actions.addAll(stopAll("spec.suspend is true"));
        else actions.addAll(start());
        return List.copyOf(actions);
    }

    /// Steps that run although the plan (of an edited spec) does not hold them.
    private List<Action> stopUnwanted() {
        Set<StepKey> wanted = new HashSet<>();
        seen.plan().steps().forEach(step -> wanted.add(step.key()));
        Set<StepKey> unwanted = new TreeSet<>();
        for (Map.Entry<StepKey, StepState> state : seen.states().entrySet())
            if (state.getValue() instanceof StepState.Running && !wanted.contains(state.getKey()))
                unwanted.add(state.getKey());
        return unwanted.stream()
                .<Action>map(key -> new Stop(key, "the plan does not want it any more"))
                .toList();
    }

    private boolean isBroken() {
        return switch (seen.policy()) {
            case FailurePolicy.Stop -> !failed.isEmpty();
            case FailurePolicy.Continue -> failed.size() > seen.maxFailed();
        };
    }

    private List<Action> concludeFailed() {
        String others = failed.size() > 1 ? " (and %d more failed)".formatted(failed.size() - 1) : "";
        return List.of(new Conclude(Verdict.Failed, firstFailure() + others));
    }

    private String firstFailure() {
        PlannedStep first = failed.getFirst();
        String cause = seen.state(first.key()) instanceof StepState.Failed(String sentence) ? sentence : "";
        return "step %s (%s) failed: %s".formatted(first.title(), first.key().brief(), cause);
    }

    private List<Action> stopAll(String because) {
        return running.stream()
                .<Action>map(step -> new Stop(step.key(), because))
                .toList();
    }

    /// Free slots go to the steps that most work waits for.
    private List<Action> start() {
        Map<StepKey, Long> remaining = RemainingWork.of(seen.plan());
        return ready.stream()
                .sorted(Comparator.comparingLong((PlannedStep step) -> -remaining.getOrDefault(step.key(), 0L)))
                .limit(Math.max(0, seen.parallelism() - running.size()))
                .<Action>map(step -> new Start(step, because(step)))
                .toList();
    }

    private static String because(PlannedStep step) {
        int inputs = step.inputs().size();
        return switch (inputs) {
            case 0 -> "a slot is free and it waits for nothing";
            case 1 -> "a slot is free and its input is done";
            default -> "a slot is free and its %d inputs are done".formatted(inputs);
        };
    }
}
