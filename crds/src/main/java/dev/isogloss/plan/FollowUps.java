package dev.isogloss.plan;

import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Steps that need no pod of their own: they read a model that another step has in memory when it ends.
///
/// What follows what is no part of a key, and changes no result: a step that did not come to its turn is done by a pod
/// of its own, which what reads that one's output may follow in turn.
public final class FollowUps {
    private final Map<StepKey, List<PlannedStep>> readers = new HashMap<>();
    private final Map<StepKey, Integer> order = new HashMap<>();

    private FollowUps(Plan plan) {
        for (PlannedStep step : plan.steps()) {
            order.put(step.key(), order.size());
            for (StepKey input : step.inputs())
                readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(step);
        }
    }

    public static FollowUps of(Plan plan) {
        return new FollowUps(plan);
    }

    /// What the pod of a step does after it, in this order.
    ///
    /// An evaluation or a labelling follows the step that makes its model, and a selection its labelling.
    /// In a line, a training follows as well, if all other steps that read what it reads of this pod are of
    /// those kinds: others could be done side by side. All that a step reads must be there when its turn
    /// comes, and it must need no other machine than the first.
    ///
    /// @param coming steps whose results are there, or will be before long: a pod is at them
    /// @param taken  steps that this pod is not to do: these, and those that have a pod of their own
    public List<PlannedStep> after(
            PlannedStep own, PodPer podPer, Predicate<StepKey> coming, Predicate<StepKey> taken) {
        List<PlannedStep> line = new ArrayList<>();
        Set<StepKey> made = new TreeSet<>(Set.of(own.key()));
        while (true) {
            Optional<PlannedStep> next = made.stream()
                    .flatMap(this::readersOf)
                    .filter(step -> !made.contains(step.key()) && !taken.test(step.key()))
                    .filter(step ->
                            step.inputs().stream().allMatch(input -> made.contains(input) || coming.test(input)))
                    .filter(step -> follows(step, own, made, podPer))
                    .min(Comparator.<PlannedStep, Boolean>comparing(step -> !isQuick(step))
                            .thenComparing(step -> order.getOrDefault(step.key(), 0)));
            if (next.isEmpty()) return line;
            line.add(next.get());
            made.add(next.get().key());
        }
    }

    private Stream<PlannedStep> readersOf(StepKey key) {
        return readers.getOrDefault(key, List.of()).stream();
    }

    private boolean follows(PlannedStep step, PlannedStep own, Set<StepKey> made, PodPer podPer) {
        boolean needsMore = step.spec().device() && !own.spec().device();
        return switch (podPer) {
            case Step -> false;
            case Model -> isQuick(step) && !needsMore;
            case Line ->
                isQuick(step) ? !needsMore : step.spec().device() == own.spec().device() && isOnlyHeir(step, made);
        };
    }

    private boolean isOnlyHeir(PlannedStep step, Set<StepKey> made) {
        return step.inputs().stream()
                .filter(made::contains)
                .flatMap(this::readersOf)
                .allMatch(reader -> reader.equals(step) || isQuick(reader) || made.contains(reader.key()));
    }

    /// A matter of seconds.
    private static boolean isQuick(PlannedStep step) {
        return step.spec() instanceof EvaluateStep
                || step.spec() instanceof PredictPoolStep
                || step.spec() instanceof SelectPseudoLabelsStep;
    }
}
