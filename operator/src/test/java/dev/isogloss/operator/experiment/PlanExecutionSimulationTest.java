package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.operator.experiment.ExperimentFixture.Written;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.StepState;
import dev.isogloss.plan.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whole experiments, pass after pass: what the walk writes comes true, steps end in any order, and their pods do
/// some of the steps that follow.
class PlanExecutionSimulationTest {
    private static final String[] DRAWINGS = {"a", "a -> b -> c", "a -> b, a -> c, d -> e", "a, b, c, d, e -> f -> g"};

    @Property(tries = 300)
    void an_experiment_comes_to_its_end_and_no_pass_writes_without_news(
            @ForAll @IntRange(max = 3) int drawing,
            @ForAll @IntRange(min = 1, max = 4) int parallelism,
            @ForAll FailurePolicy policy,
            @ForAll long seed) {
        ExperimentFixture experiment = new ExperimentFixture(DRAWINGS[drawing])
                .parallelism(parallelism)
                .policy(policy);
        new World(experiment, parallelism, new Random(seed)).run();
    }

    private static final class World {
        private final ExperimentFixture experiment;
        private final int parallelism;
        private final Random random;
        private final Map<String, String> states = new TreeMap<>();
        private final Map<String, List<String>> followUps = new TreeMap<>();
        private final Set<String> doneByOthers = new TreeSet<>();
        private int read;

        World(ExperimentFixture experiment, int parallelism, Random random) {
            this.experiment = experiment;
            this.parallelism = parallelism;
            this.random = random;
        }

        void run() {
            Optional<Verdict> verdict = Optional.empty();
            for (int pass = 1; verdict.isEmpty(); pass++) {
                assertThat(pass).as("the experiment ends").isLessThan(400);
                boolean suspended = pass < 200 && random.nextInt(4) == 0;
                experiment.suspended(suspended);
                verdict = pass();
                for (Written written : news()) comesTrue(written);
                assertThat(states.values().stream().filter(World::holdsSlot))
                        .as("slots")
                        .hasSizeLessThanOrEqualTo(parallelism);
                if (suspended) assertThat(states.values()).as("suspended").doesNotContain("running");
                experiment.seen();
                pass();
                assertThat(news()).as("what is as it should be is left alone").isEmpty();
                stepEnds();
            }
            boolean anyFailed = states.values().stream().anyMatch(state -> state.startsWith("failed"));
            assertThat(verdict).hasValue(anyFailed ? Verdict.Failed : Verdict.Succeeded);
            assertThat(states.values()).as("what is wanted in the end").doesNotContain("running", "given up", "failed");
            assertThat(states.keySet()).as("done once").noneMatch(doneByOthers::contains);
            if (!anyFailed)
                assertThat(states.size() + doneByOthers.size())
                        .isEqualTo(experiment.view().plan().steps().size());
        }

        private Optional<Verdict> pass() {
            return experiment.actions().stream()
                    .filter(Action.Conclude.class::isInstance)
                    .map(action -> ((Action.Conclude) action).verdict())
                    .findFirst();
        }

        /// What was written since the last look.
        private List<Written> news() {
            List<Written> all = experiment.written();
            List<Written> news = all.subList(read, all.size());
            read = all.size();
            return news;
        }

        private void comesTrue(Written written) {
            String before = states.getOrDefault(written.name(), "stopped");
            String after =
                    switch (before) {
                        case "stopped" -> {
                            assertInputsDone(written.name());
                            yield "running";
                        }
                        case "running" -> "given up";
                        case "failed" -> "failed and given up";
                        default -> throw new AssertionError(written + " of a step that is " + before);
                    };
            assertThat(written).isEqualTo(new Written(written.name(), after.equals("running"), 0));
            List<String> now = experiment.spec(written.name()).followUps().stream()
                    .map(followUp -> Objects.requireNonNull(followUp.title()))
                    .toList();
            List<String> known = followUps.putIfAbsent(written.name(), now);
            assertThat(known == null ? now : known)
                    .as("what follows a step that there is")
                    .isEqualTo(now);
            put(written.name(), after);
        }

        private void assertInputsDone(String name) {
            Map<String, PlannedStep> steps = new TreeMap<>();
            for (PlannedStep step : experiment.view().plan().steps()) steps.put(step.title(), step);
            var seen = experiment.view().observation();
            assertThat(steps.get(name).inputs())
                    .allSatisfy(input -> assertThat(seen.state(input)).isInstanceOf(StepState.Done.class));
        }

        private void stepEnds() {
            List<String> running = states.keySet().stream()
                    .filter(name -> holdsSlot(states.get(name)))
                    .toList();
            if (running.isEmpty() || random.nextInt(3) == 0) return;
            String name = running.get(random.nextInt(running.size()));
            boolean stops = states.get(name).equals("given up") && random.nextInt(3) > 0;
            put(name, stops ? "stopped" : random.nextInt(6) == 0 ? "failed" : "done");
            if (!states.get(name).equals("done")) return;
            List<String> after = followUps.get(name);
            for (String done : after.subList(0, random.nextInt(after.size() + 1))) {
                experiment.alsoDid(name, done);
                doneByOthers.add(done);
            }
        }

        private void put(String name, String state) {
            states.put(name, state);
            experiment.with(name, state, "me");
            experiment.followedBy(name, followUps.get(name).toArray(String[]::new));
        }

        private static boolean holdsSlot(String state) {
            return state.equals("running") || state.equals("given up");
        }
    }
}
