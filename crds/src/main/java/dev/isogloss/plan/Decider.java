package dev.isogloss.plan;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.plan.Action.Conclude;
import dev.isogloss.plan.Action.Start;
import dev.isogloss.plan.Action.Stop;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The decision what to do next: the same observation always yields the same actions, on a laptop and on a cluster.
public final class Decider {
    private static final int LONGEST = 200;

    private final Observation observation;
    private final Map<PlannedStep, String> failed = new LinkedHashMap<>();
    private final List<StepKey> running = new ArrayList<>();
    private final List<PlannedStep> ready = new ArrayList<>();

    /// Steps that run although the plan (of an edited spec) does not hold them. They keep their slots until they end.
    private final TreeSet<StepKey> unwanted = new TreeSet<>();

    private int done;
    private int reused;

    private Decider(Observation observation) {
        this.observation = observation;
        observation.states().forEach((key, state) -> {
            if (state instanceof StepState.Running) unwanted.add(key);
        });
        for (PlannedStep step : observation.plan().steps()) {
            unwanted.remove(step.key());
            switch (observation.state(step.key())) {
                case StepState.Done(boolean before) -> {
                    done++;
                    if (before) reused++;
                }
                case StepState.Failed(String cause) -> failed.put(step, cause);
                case StepState.Running _ -> running.add(step.key());
                case StepState.Following _ -> {}
                case StepState.Waiting _ -> {
                    if (isReady(step)) ready.add(step);
                }
            }
        }
    }

    public static List<Action> decide(Observation observation) {
        if (observation.concluded() != null) return List.of();
        return new Decider(observation).actions();
    }

    private boolean isReady(PlannedStep step) {
        return step.inputs().stream().allMatch(input -> observation.state(input) instanceof StepState.Done);
    }

    /// A conclusion comes last. Nothing is decided after it, so nothing that would have to be stopped may run then.
    private List<Action> actions() {
        boolean idle = running.isEmpty() && unwanted.isEmpty();
        if (idle && (isBroken() || ready.isEmpty())) return List.of(conclude());
        List<Action> actions = new ArrayList<>(stop(unwanted, "the plan does not hold this one any more"));
        if (isBroken()) actions.addAll(stop(running, failure()));
        else if (observation.suspended()) actions.addAll(stop(running, "spec.suspend is true"));
        else actions.addAll(start());
        return actions;
    }

    private boolean isBroken() {
        return switch (observation.policy()) {
            case FailurePolicy.Stop -> !failed.isEmpty();
            case FailurePolicy.Continue -> failed.size() > observation.maxFailed();
        };
    }

    private Conclude conclude() {
        if (!failed.isEmpty()) return new Conclude(Verdict.Failed, progress() + "; " + failure());
        String before = reused > 0 ? ", %d of them reused".formatted(reused) : "";
        return new Conclude(Verdict.Succeeded, "all %d steps succeeded%s".formatted(done, before));
    }

    /// It is told of every step that stops, so it is short; the conclusion has room for all of a long cause.
    private List<Action> stop(Collection<StepKey> keys, String reason) {
        String because = progress() + "; " + reason;
        String brief = because.length() <= LONGEST ? because : because.substring(0, LONGEST - 1) + "…";
        return keys.stream().<Action>map(key -> new Stop(key, brief)).toList();
    }

    private String progress() {
        String rest = running.isEmpty() ? "" : ", %d running".formatted(running.size());
        return "%d of %d steps done%s"
                .formatted(done, observation.plan().steps().size(), rest);
    }

    private String failure() {
        PlannedStep first = failed.keySet().iterator().next();
        String name = "%s (%s)".formatted(first.title(), first.key().brief());
        String said = failed.size() == 1
                ? "step %s failed".formatted(name)
                : "%d steps failed, among them %s".formatted(failed.size(), name);
        boolean tooMany = observation.policy() == FailurePolicy.Continue && isBroken();
        String allowed = tooMany ? " and maxFailedSteps is %d".formatted(observation.maxFailed()) : "";
        return said + allowed + ": " + failed.get(first);
    }

    /// Free slots go to the steps that most work waits for.
    private List<Action> start() {
        Map<StepKey, Long> remaining = RemainingWork.of(observation.plan());
        ready.sort(Comparator.comparingLong(step -> -remaining.getOrDefault(step.key(), 0L)));
        int free = Math.max(0, observation.parallelism() - running.size() - unwanted.size());
        List<Action> actions = new ArrayList<>();
        for (PlannedStep step : ready.subList(0, Math.min(free, ready.size())))
            actions.add(new Start(
                    step,
                    "%d of %d slots free; %s"
                            .formatted(free - actions.size(), observation.parallelism(), reads(step))));
        return actions;
    }

    private static String reads(PlannedStep step) {
        int inputs = step.inputs().size();
        String some =
                step.inputs().stream().sorted().limit(2).map(StepKey::brief).collect(Collectors.joining(", "));
        return switch (inputs) {
            case 0 -> "reads no other step";
            case 1 -> "input %s done".formatted(some);
            case 2 -> "inputs %s done".formatted(some);
            default -> "%d inputs done: %s and %d more".formatted(inputs, some, inputs - 2);
        };
    }
}
