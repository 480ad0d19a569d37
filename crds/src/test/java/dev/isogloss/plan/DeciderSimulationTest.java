package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.Examples;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole runs in any order, with failing steps, lost events, executors that start anew, suspensions and edits. `Rules`
/// holds every decision, and `Simulation` every round, to what must always be true.
class DeciderSimulationTest {

    private static Simulation simulation(Plan plan, int parallelism, FailurePolicy policy, int most, Random random) {
        Simulation simulation = new Simulation(plan, parallelism, random.nextLong());
        if (policy == FailurePolicy.Continue) simulation.continuing(most);
        for (PlannedStep step : plan.steps()) if (random.nextInt(8) == 0) simulation.failing(step.title(), "chance");
        return simulation;
    }

    @Property(tries = 1000)
    void every_run_ends_and_keeps_the_rules(
            @ForAll @IntRange(min = 1, max = 12) int steps,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll FailurePolicy policy,
            @ForAll @IntRange(max = 3) int maxFailed,
            @ForAll long seed) {
        Random random = new Random(seed);
        Simulation run = simulation(PlanFixture.random(seed, steps, 1).plan(), parallelism, policy, maxFailed, random)
                .holding(random.nextInt(steps))
                .edited(
                        1 + random.nextInt(20),
                        PlanFixture.random(seed, steps, 2).plan());
        int from = 1 + random.nextInt(20);
        run.suspended(from, from + 1 + random.nextInt(10));
        from = 1 + random.nextInt(20);
        run.deaf(from, from + 1 + random.nextInt(10)).restarted(1 + random.nextInt(20));

        run.toTheEnd();
    }

    /// A decider cannot count what was not seen. So the slots of such an executor are exceeded by as many steps as it
    /// does not know of (`DeciderTest` shows one), and such a step runs on after its conclusion. So it is with one
    /// that starts anew from an outdated list. Everything else holds for it too.
    @Property(tries = 500)
    void an_executor_that_forgets_its_own_writes_still_starts_nothing_before_its_inputs_and_comes_to_an_end(
            @ForAll @IntRange(min = 1, max = 12) int steps,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll FailurePolicy policy,
            @ForAll long seed) {
        Random random = new Random(seed);
        int from = 1 + random.nextInt(20);

        simulation(PlanFixture.random(seed, steps, 1).plan(), parallelism, policy, 1, random)
                .forgetful()
                .deaf(from, from + 1 + random.nextInt(10))
                .toTheEnd();
    }

    @Property(tries = 300)
    void a_suspended_run_comes_to_rest(
            @ForAll @IntRange(min = 1, max = 12) int steps,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll @IntRange(min = 1, max = 15) int when,
            @ForAll long seed) {
        Random random = new Random(seed);
        Simulation run = simulation(
                        PlanFixture.random(seed, steps, 1).plan(), parallelism, FailurePolicy.Stop, 0, random)
                .deaf(when - 1, when + 5)
                .suspended(when, Integer.MAX_VALUE);
        for (int i = 0; i < steps; i += 2) run.endless("s" + i);

        assertThat(run.after(when + 100)).isEmpty();
    }

    @Property(tries = 50)
    void a_failure_stops_what_would_never_end(
            @ForAll @IntRange(min = 1, max = 4) int parallelism, @ForAll FailurePolicy policy, @ForAll long seed) {
        Simulation run = simulation(PlanFixture.of("a -> b, c, d").plan(), parallelism, policy, 0, new Random(seed));

        assertThat(run.failing("a", "chance").endless("c").endless("d").toTheEnd())
                .contains("conclude  lab Failed");
    }

    @Property(tries = 50)
    void an_edit_stops_what_would_never_end(
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll @IntRange(min = 1, max = 5) int when,
            @ForAll long seed) {
        Simulation run = new Simulation(PlanFixture.of("a, b, c, d").plan(), parallelism, seed);
        for (String old : List.of("a", "b", "c", "d")) run.endless(old);

        assertThat(run.edited(when, PlanFixture.of("e, f").plan()).toTheEnd()).endsWith("all 2 steps succeeded\n");
    }

    /// Also of what no run would lead to: a result whose inputs are missing, say.
    @Property(tries = 2000)
    void whatever_is_seen_the_decision_keeps_the_rules(
            @ForAll @IntRange(min = 1, max = 10) int steps,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll FailurePolicy policy,
            @ForAll @IntRange(max = 3) int maxFailed,
            @ForAll boolean suspended,
            @ForAll long seed) {
        Random random = new Random(seed);
        Plan plan = PlanFixture.random(seed, steps, 1).plan();
        Map<StepKey, StepState> states = new HashMap<>();
        plan.steps().forEach(step -> states.put(step.key(), anyState(random)));
        PlanFixture.random(seed, steps, 2).plan().steps().forEach(step -> states.put(step.key(), anyState(random)));

        Rules.decide(new Observation(plan, states, parallelism, policy, maxFailed, suspended, null));
    }

    private static StepState anyState(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new StepState.Running();
            case 1 ->
                new StepState.Failed(
                        "a cause of %d words ".formatted(random.nextInt()).repeat(random.nextInt(20)));
            case 2, 3 -> new StepState.Waiting();
            default -> new StepState.Done(random.nextBoolean());
        };
    }

    @ParameterizedTest
    @MethodSource("dev.isogloss.planner.Examples#files")
    void every_example_runs_to_its_end(Path example) {
        for (Manifest manifest : ManifestReader.read(example)) new Simulation(Examples.plan(manifest), 4, 1).toTheEnd();
    }
}
