package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What every decision keeps to, whatever was seen, true or not.
record Rules(Observation seen, List<Action> actions) {

    /// The decision, if it keeps to them.
    static List<Action> decide(Observation seen) {
        List<Action> actions = Decider.decide(seen);
        assertThat(Decider.decide(seen)).as("same observation, same actions").isEqualTo(actions);
        new Rules(seen, actions).check();
        return actions;
    }

    private void check() {
        for (Action action : actions)
            switch (action) {
                case Action.Start(var step, var because) -> {
                    assertThat(ready()).as("only what is ready starts").contains(step);
                    assertThat(because).matches("\\d+ of \\d+ slots free; .+").hasSizeLessThanOrEqualTo(200);
                }
                case Action.Stop(var key, var because) -> {
                    assertThat(running()).as("only what runs is stopped").contains(key);
                    assertThat(because).matches("\\d+ of \\d+ steps done.+").hasSizeLessThanOrEqualTo(200);
                }
                case Action.Conclude(var _, var because) ->
                    assertThat(because).matches("(all )?\\d+ .+").doesNotContain("\n");
            }
        if (seen.concluded() != null)
            assertThat(actions).as("a verdict is final").isEmpty();
        else if (running().isEmpty() && (isBroken() || ready().isEmpty())) checkConclusion();
        else checkCourse();
    }

    private void checkConclusion() {
        boolean allDone =
                seen.plan().steps().stream().allMatch(step -> seen.state(step.key()) instanceof StepState.Done);
        assertThat(actions).as("there is nothing left to do").singleElement().satisfies(action -> {
            assertThat(action).isInstanceOf(Action.Conclude.class);
            assertThat(((Action.Conclude) action).verdict()).isEqualTo(allDone ? Verdict.Succeeded : Verdict.Failed);
        });
    }

    private void checkCourse() {
        List<PlannedStep> started = new ArrayList<>();
        Set<StepKey> stopped = new HashSet<>();
        for (Action action : actions)
            switch (action) {
                case Action.Start(var step, var _) -> started.add(step);
                case Action.Stop(var key, var _) -> stopped.add(key);
                case Action.Conclude conclusion -> throw new AssertionError("too early: " + conclusion);
            }
        Set<StepKey> toStop = running();
        if (!isBroken() && !seen.suspended()) seen.plan().steps().forEach(step -> toStop.remove(step.key()));
        assertThat(stopped).as("what must not run stops, nothing else").isEqualTo(toStop);
        int free = isBroken() || seen.suspended()
                ? 0
                : Math.max(0, seen.parallelism() - running().size());
        assertThat(started).as("no slot is idle").hasSize(Math.min(free, ready().size()));
        assertThat(actions).as("nothing is said twice").doesNotHaveDuplicates();
    }

    private boolean isBroken() {
        long failed = seen.plan().steps().stream()
                .filter(step -> seen.state(step.key()) instanceof StepState.Failed)
                .count();
        return failed > (seen.policy() == FailurePolicy.Stop ? 0 : seen.maxFailed());
    }

    /// All that runs, of this plan or not.
    private Set<StepKey> running() {
        Set<StepKey> running = new HashSet<>();
        seen.states().forEach((key, state) -> {
            if (state instanceof StepState.Running) running.add(key);
        });
        return running;
    }

    private List<PlannedStep> ready() {
        return seen.plan().steps().stream()
                .filter(step -> seen.state(step.key()) instanceof StepState.Waiting)
                .filter(step -> step.inputs().stream().allMatch(input -> seen.state(input) instanceof StepState.Done))
                .toList();
    }
}
