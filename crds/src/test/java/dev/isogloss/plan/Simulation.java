package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A whole run: an executor walks a plan in a fake world, round after round, while what a test has written down
/// happens to them. A seed shuffles which step ends next and what the executor hears of it. Every round is held to
/// what must always be true, and told in a transcript.
final class Simulation {
    private final int parallelism;
    private final FakeWorld world;
    private final FakeExecutor executor;
    private final TreeMap<Integer, List<Runnable>> script = new TreeMap<>();
    private final Transcript transcript = new Transcript();
    private Plan plan;
    private FailurePolicy policy = FailurePolicy.Stop;
    private int maxFailed = 1_000_000;
    private boolean suspended;
    private int round;
    private @Nullable Verdict verdict;

    Simulation(Plan plan, int parallelism, long seed) {
        Random random = new Random(seed);
        this.world = new FakeWorld(random);
        this.executor = new FakeExecutor(world, random);
        this.parallelism = parallelism;
        this.plan = plan;
        transcript.knows(plan);
    }

    Simulation failing(String title, String cause) {
        world.fails(title, cause);
        return this;
    }

    Simulation endless(String title) {
        world.neverEnds(title);
        return this;
    }

    Simulation continuing(int most) {
        policy = FailurePolicy.Continue;
        maxFailed = most;
        return this;
    }

    /// An older run left the results of the plan's first steps.
    Simulation holding(int steps) {
        for (PlannedStep step : plan.steps().subList(0, steps)) world.holds(step.key());
        executor.restart();
        return this;
    }

    Simulation suspended(int from, int to) {
        return at(from, "spec.suspend is set", () -> suspended = true)
                .at(to, "spec.suspend is taken back", () -> suspended = false);
    }

    Simulation deaf(int from, int to) {
        return at(from, "events get lost from here on", () -> executor.deaf(true))
                .at(to, "events come again", () -> executor.deaf(false));
    }

    Simulation restarted(int when) {
        return at(when, "the executor starts anew and reads what there is", executor::restart);
    }

    Simulation forgetful() {
        executor.forget();
        return this;
    }

    Simulation edited(int when, Plan other) {
        transcript.knows(other);
        Set<StepKey> known = keys(plan);
        long fresh = other.steps().stream()
                .filter(step -> !known.contains(step.key()))
                .count();
        String what = "the spec is edited: now %d steps, %d of them new"
                .formatted(other.steps().size(), fresh);
        return at(when, what, () -> plan = other);
    }

    private Simulation at(int when, String what, Runnable happening) {
        script.computeIfAbsent(when, _ -> new ArrayList<>()).add(() -> {
            transcript.happening(round, what);
            happening.run();
        });
        return this;
    }

    /// @return the transcript of all that happened until the verdict
    String toTheEnd() {
        String failures = policy == FailurePolicy.Stop ? "the first failure stops" : "%d may fail".formatted(maxFailed);
        transcript.begin(
                "%s: %d steps, %d slots, %s".formatted(plan.name(), plan.steps().size(), parallelism, failures));
        int last = script.isEmpty() ? 0 : script.lastKey();
        int patience = last + 100 + 20 * plan.steps().size();
        while (verdict == null) {
            assertThat(round)
                    .as("the run ends, and what is ready gets its turn")
                    .isLessThan(patience);
            next();
        }
        checkEnd();
        return transcript.toString();
    }

    /// @return what runs after this many rounds more
    List<StepKey> after(int rounds) {
        for (int i = 0; i < rounds && verdict == null; i++) next();
        return world.running();
    }

    private void next() {
        round++;
        script.getOrDefault(round, List.of()).forEach(Runnable::run);
        executor.listen();
        List<StepKey> hidden = executor.hidden();
        assertThat(executor.isForgetful() || hidden.isEmpty())
                .as("it knows of all it started")
                .isTrue();
        int most = Math.max(parallelism + hidden.size(), world.running().size());
        Rules.decide(observation()).forEach(this::act);
        // The slots are kept as far as they can be: by what was hidden, more may run, then and until that ends.
        assertThat(world.running()).as("slots").hasSizeLessThanOrEqualTo(executor.isForgetful() ? most : parallelism);
        world.happens().ifPresent(this::tellEnd);
    }

    private Observation observation() {
        return new Observation(plan, executor.seen(), parallelism, policy, maxFailed, suspended, verdict);
    }

    private void act(Action action) {
        boolean effective =
                switch (action) {
                    case Action.Start(var step, var _) -> {
                        assertThat(suspended).as("suspended").isFalse();
                        boolean begins = executor.start(step);
                        assertThat(begins || executor.isForgetful())
                                .as("nothing is started twice")
                                .isTrue();
                        yield begins;
                    }
                    case Action.Stop(var key, var _) -> world.stop(key);
                    case Action.Conclude(var said, var _) -> {
                        assertThat(world.running())
                                .as("nothing is left running")
                                .isEqualTo(executor.hidden());
                        verdict = said;
                        yield true;
                    }
                };
        if (effective) transcript.action(round, plan, action);
    }

    private void tellEnd(PlannedStep step) {
        executor.happened(step.key());
        String word =
                switch (world.state(step.key())) {
                    case StepState.Done _ -> "done";
                    case StepState.Failed _ -> "failed";
                    case StepState.Waiting _ -> "stopped";
                    case StepState.Running _, StepState.Following _ -> throw new IllegalStateException(step.title());
                };
        transcript.step(round, "  " + word, step.key(), executor.isDeaf() ? "(not heard)" : "");
    }

    private void checkEnd() {
        assertThat(Rules.decide(observation())).as("a verdict is final").isEmpty();
        Set<StepKey> dead = new HashSet<>();
        long failed = 0;
        for (PlannedStep step : plan.steps()) {
            boolean fails = world.state(step.key()) instanceof StepState.Failed;
            if (fails) failed++;
            if (fails || step.inputs().stream().anyMatch(dead::contains)) dead.add(step.key());
        }
        assertThat(verdict).isEqualTo(failed == 0 ? Verdict.Succeeded : Verdict.Failed);
        if (failed > (policy == FailurePolicy.Stop ? 0 : maxFailed)) return;
        for (PlannedStep step : plan.steps())
            if (!dead.contains(step.key()))
                assertThat(world.state(step.key())).as(step.title()).isInstanceOf(StepState.Done.class);
    }

    private static Set<StepKey> keys(Plan plan) {
        Set<StepKey> keys = new HashSet<>();
        plan.steps().forEach(step -> keys.add(step.key()));
        return keys;
    }
}
