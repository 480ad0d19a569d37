package dev.isogloss.trainer.executor;

import static dev.isogloss.trainer.executor.PlanFixture.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.progress.RunEvent;
import dev.isogloss.trainer.progress.RunEvent.StepKept;
import dev.isogloss.trainer.progress.RunEvent.StepRecomputed;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreCheck;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Steps that are computed although the store holds their results.
@Timeout(60)
class AgainTest {
    private final Plan plan = keyed("en -> de -> student, en -> fr, nl");
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

    private final CountDownLatch awaited = new CountDownLatch(1);

    @TempDir
    Path root;

    private FakeRunner runner = new FakeRunner();
    private StopSwitch stop = new StopSwitch();

    private RunOutcome run(String... again) {
        runner = scripted(runner);
        RunContext context = new RunContext(
                Store.open(root),
                InputLocations.NONE,
                ClaimFolders.withLinks(Map.of()),
                stop,
                RunOptions.DEFAULT,
                HubSettings.of(Map.of()));
        Set<StepKey> asked = Stream.of(again).map(this::key).collect(Collectors.toSet());
        events.clear();
        return new LocalExecutor(runner, context, 1, this::heard, InstantSource.system()).run(plan, asked);
    }

    private void heard(RunEvent event) {
        events.add(event);
        if (event instanceof RunEvent.StepAwaited) awaited.countDown();
    }

    /// A runner that has run nothing yet.
    private static FakeRunner scripted(FakeRunner before) {
        return before.ran().isEmpty() ? before : new FakeRunner();
    }

    private StepKey key(String title) {
        return plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .map(PlannedStep::key)
                .findFirst()
                .orElseThrow();
    }

    private double score(String title) {
        return Store.open(root)
                .result(key(title))
                .orElseThrow()
                .scores()
                .getFirst()
                .value();
    }

    private void next(String title, double score) {
        runner = new FakeRunner().script(title, (step, context) -> StepFixtures.result(step.key(), score));
    }

    @BeforeEach
    void allIsThere() {
        assertThat(run().results()).hasSize(5);
    }

    @Test
    void a_step_that_gives_the_same_is_computed_and_what_reads_it_is_reused() {
        RunOutcome outcome = run("en");

        assertThat(runner.ran()).containsExactly("en");
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.reused()).isEqualTo(4);
        assertThat(outcome.again()).containsOnlyKeys(key("en"));
        assertThat(events)
                .contains(
                        new StepRecomputed(key("en"), "en", true, List.of()),
                        new StepKept(key("de"), "de"),
                        new StepKept(key("student"), "student"))
                .doesNotContain(new StepKept(key("nl"), "nl"));
    }

    @Test
    void of_a_step_that_gives_something_else_all_readers_are_computed_until_one_gives_the_same() {
        next("en", 0.75);

        RunOutcome outcome = run("en");

        assertThat(runner.ran()).containsExactlyInAnyOrder("en", "de", "fr");
        assertThat(outcome.again()).containsOnlyKeys(key("en"), key("de"), key("fr"));
        assertThat(score("en")).isEqualTo(0.75);
        assertThat(events)
                .contains(
                        new StepRecomputed(key("en"), "en", false, List.of("de test Accuracy 0.75, was 0.5")),
                        new StepKept(key("student"), "student"));
        assertThat(Store.open(root).stale()).isEmpty();
        assertThat(plan.steps()).allSatisfy(step -> assertThat(StoreCheck.of(Store.open(root), step.key()))
                .isEmpty());
    }

    @Test
    void what_became_stale_before_a_stop_is_computed_by_the_next_run() {
        next("en", 0.75);
        runner.script("de", (step, context) -> {
            stop.request();
            throw new Stopped("after the update 7");
        });
        assertThat(run("en").stopped()).isTrue();
        assertThat(score("de")).isEqualTo(0.5);

        stop = new StopSwitch();
        next("de", 0.25);
        run();

        assertThat(runner.ran()).contains("de", "student").doesNotContain("en", "nl");
        assertThat(score("de")).isEqualTo(0.25);
        assertThat(Store.open(root).stale()).isEmpty();
    }

    @Test
    void a_step_that_fails_when_it_is_computed_again_leaves_what_there_was() {
        runner = new FakeRunner().fails("en", new InvalidInput("en/train.jsonl is empty."));

        RunOutcome outcome = run("en");

        assertThat(outcome.failed()).hasSize(1);
        assertThat(score("en")).isEqualTo(0.5);
        assertThat(StoreCheck.of(Store.open(root), key("en"))).isEmpty();
        assertThat(run().reused()).isEqualTo(5);
    }

    @Test
    void a_step_that_another_process_computes_is_awaited_and_then_computed() throws Exception {
        Store other = Store.open(root);
        try (var lock = other.locks().tryLock(key("nl")).orElseThrow()) {
            Thread run = Thread.startVirtualThread(() -> run("nl"));
            awaited.await();
            assertThat(runner.ran()).doesNotContain("nl");
            lock.close();
            run.join();
        }

        assertThat(runner.ran()).containsExactly("nl");
    }
}
