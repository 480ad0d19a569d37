package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// Whole runs against a world that finishes, fails, forgets and suspends in any order.
class DeciderSimulationTest {
    private static final String[] DRAWINGS = {
        "a", "a -> b -> c", "a -> b, a -> c, d -> e", "a, b, c, d, e", "a -> b -> c -> d, e -> f, g -> h, g -> i"
    };

    @Property(tries = 2000)
    void every_run_ends_and_keeps_the_rules(
            @ForAll @IntRange(max = 4) int drawing,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll FailurePolicy policy,
            @ForAll @IntRange(max = 3) int maxFailed,
            @ForAll long seed) {
        new World(PlanFixture.of(DRAWINGS[drawing]).plan(), parallelism, policy, maxFailed, seed).run();
    }

    private static final class World {
        private final Plan plan;
        private final int parallelism;
        private final FailurePolicy policy;
        private final int maxFailed;
        private final Random random;
        private final Map<StepKey, StepState> states = new HashMap<>();
        private final Set<StepKey> ended = new HashSet<>();
        private @Nullable Verdict verdict;

        World(Plan plan, int parallelism, FailurePolicy policy, int maxFailed, long seed) {
            this.plan = plan;
            this.parallelism = parallelism;
            this.policy = policy;
            this.maxFailed = maxFailed;
            this.random = new Random(seed);
        }

        void run() {
            for (int tick = 0; tick < 500 && verdict == null; tick++) {
                boolean suspended = tick < 100 && random.nextInt(5) == 0;
                List<Action> actions = decide(suspended);
                assertThat(actions).as("same observation, same actions").isEqualTo(decide(suspended));
                for (Action action : actions) {
                    // an action may get lost: the next observation asks again
                    if (tick < 100 && random.nextInt(4) == 0) continue;
                    act(action, suspended);
                }
                event();
            }
            assertThat(verdict).as("the run ends").isNotNull();
            assertThat(decide(false)).as("a verdict is final").isEmpty();
            boolean anyFailed = states.values().stream().anyMatch(StepState.Failed.class::isInstance);
            assertThat(verdict).isEqualTo(anyFailed ? Verdict.Failed : Verdict.Succeeded);
        }

        private List<Action> decide(boolean suspended) {
            return Decider.decide(new Observation(plan, states, parallelism, policy, maxFailed, suspended, verdict));
        }

        private void act(Action action, boolean suspended) {
            switch (action) {
                case Action.Start(var step, var because) -> {
                    assertThat(suspended).isFalse();
                    assertThat(because).isNotBlank();
                    assertThat(ended).as("nothing runs twice to its end").doesNotContain(step.key());
                    for (StepKey input : step.inputs())
                        assertThat(states.get(input)).isInstanceOf(StepState.Done.class);
                    states.put(step.key(), new StepState.Running());
                    assertThat(running()).hasSizeLessThanOrEqualTo(parallelism);
                }
                case Action.Stop(var key, var _) -> states.put(key, new StepState.Waiting());
                case Action.Conclude(var said, var _) -> {
                    assertThat(running()).isEmpty();
                    verdict = said;
                }
            }
        }

        private void event() {
            List<StepKey> running = running();
            if (running.isEmpty() || random.nextInt(3) == 0) return;
            StepKey key = running.get(random.nextInt(running.size()));
            boolean fails = random.nextInt(6) == 0;
            states.put(key, fails ? new StepState.Failed("chance") : new StepState.Done(false));
            ended.add(key);
        }

        private List<StepKey> running() {
            List<StepKey> running = new ArrayList<>();
            for (PlannedStep step : plan.steps())
                if (states.get(step.key()) instanceof StepState.Running) running.add(step.key());
            return running;
        }
    }
}
