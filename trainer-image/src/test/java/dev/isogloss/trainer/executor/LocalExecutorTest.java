package dev.isogloss.trainer.executor;

import static dev.isogloss.trainer.executor.PlanFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.progress.RunEvent;
import dev.isogloss.trainer.step.RunOptions;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalExecutorTest {

    @TempDir
    Path root;

    private final FakeRunner runner = new FakeRunner();
    private final StopSwitch stop = new StopSwitch();
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

    private RunOutcome run(Plan plan, int parallel) {
        RunContext context = new RunContext(
                Store.open(root),
                InputLocations.NONE,
                ClaimFolders.withLinks(Map.of()),
                stop,
                RunOptions.DEFAULT,
                HubSettings.of(Map.of()));
        return new LocalExecutor(runner, context, parallel, events::add, InstantSource.system()).run(plan);
    }

    @Test
    void every_step_runs_once_and_after_what_it_reads() {
        Plan plan = plan("pretrain -> en -> de, en -> fr, pretrain -> nl");

        RunOutcome outcome = run(plan, 3);

        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.results()).hasSize(5);
        assertThat(runner.ran()).containsExactlyInAnyOrder("pretrain", "en", "de", "fr", "nl");
        assertThat(runner.mostAtOnce()).isLessThanOrEqualTo(3);
    }

    @Test
    void what_the_store_holds_is_not_run_again() {
        run(plan("en -> de"), 1);

        RunOutcome outcome = run(plan("en -> de, en -> fr"), 1);

        assertThat(outcome.reused()).isEqualTo(2);
        assertThat(runner.ran()).containsExactly("en", "de", "fr");
    }

    @Test
    void the_longest_chain_goes_first() {
        run(plan("short, long -> longer -> longest, middle -> end"), 1);

        assertThat(runner.ran()).startsWith("long", "longer", "middle");
    }

    @Test
    void as_many_steps_run_at_once_as_asked() {
        CyclicBarrier both = new CyclicBarrier(2);
        for (String title : List.of("de", "fr"))
            runner.script(title, (step, context) -> {
                both.await();
                return StepFixtures.result(step.key(), 0.5);
            });

        run(plan("de, fr"), 2);

        assertThat(runner.mostAtOnce()).isEqualTo(2);
    }

    @Test
    void a_running_step_tells_other_processes_how_far_it_is() throws IOException {
        Path lock = root.resolve("locks").resolve(StepFixtures.key("en").hex());
        List<String> told = new ArrayList<>();
        runner.script("en", (step, context) -> {
            context.progress().update(3, 9, 0.5, Double.NaN, Double.NaN);
            told.addAll(Files.readAllLines(lock));
            return StepFixtures.result(step.key(), 0.5);
        });

        run(plan("en"), 1);

        assertThat(told).hasSize(2).last().isEqualTo("3 of 9 updates, loss 0.5000");
    }

    @Test
    void a_failure_stops_only_what_depends_on_it() {
        runner.fails("de", new InvalidInput("de/train.jsonl is empty."));

        RunOutcome outcome = run(plan("en -> fr, de -> student -> grandchild"), 1);

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.failed())
                .extracting(failure -> failure.step().title())
                .containsExactly("de");
        assertThat(outcome.skipped()).extracting(PlannedStep::title).containsExactly("student", "grandchild");
        assertThat(runner.ran()).contains("en", "fr");
        assertThat(events)
                .contains(
                        new RunEvent.StepFailed(StepFixtures.key("de"), "de", "de/train.jsonl is empty."),
                        new RunEvent.StepSkipped(StepFixtures.key("grandchild"), "grandchild", "because de failed"));
    }

    @Test
    void an_error_of_the_machine_is_a_failure_like_any_other() {
        runner.script("de", (step, context) -> {
            throw new OutOfMemoryError("Java heap space");
        });

        RunOutcome outcome = run(plan("de, fr"), 1);

        assertThat(outcome.failed()).hasSize(1);
        assertThat(outcome.results()).hasSize(1);
    }

    @Test
    void a_failed_step_runs_again_the_next_time() {
        runner.fails("en", new IOException("the network is down"));
        run(plan("en -> de"), 1);

        runner.script("en", (step, context) -> StepFixtures.result(step.key(), 0.5));
        RunOutcome outcome = run(plan("en -> de"), 1);

        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void a_full_disk_is_a_sentence() {
        runner.fails("en", new IOException("No space left on device"));

        RunOutcome outcome = run(plan("en"), 1);

        assertThat(Failures.sentence(outcome.failed().getFirst().cause()))
                .startsWith("The disk under the store " + root + " is full")
                .contains("it goes on from the last checkpoint");
    }

    @Test
    void when_asked_to_stop_running_steps_end_and_no_other_begins() {
        CountDownLatch waits = new CountDownLatch(1);
        runner.script("en", (step, context) -> {
            stop.request();
            waits.countDown();
            throw new Stopped("at update 120 of 600");
        });

        RunOutcome outcome = run(plan("en -> de, fr"), 1);

        assertThat(outcome.stopped()).isTrue();
        assertThat(outcome.failed()).isEmpty();
        assertThat(runner.ran()).containsExactly("en");
        assertThat(events).contains(new RunEvent.StepStopped(StepFixtures.key("en"), "en", "at update 120 of 600"));
    }

    @Test
    void a_run_that_was_through_when_it_was_asked_to_stop_has_succeeded() {
        runner.script("en", (step, context) -> {
            stop.request();
            return StepFixtures.result(step.key(), 0.5);
        });

        assertThat(run(plan("en"), 1).succeeded()).isTrue();
    }

    @Test
    void a_step_that_another_process_runs_is_awaited_and_its_result_reused() throws Exception {
        Store store = Store.open(root);
        try (var lock = store.locks().tryLock(StepFixtures.key("en")).orElseThrow()) {
            runner.script("fr", (step, context) -> {
                store.begin(StepFixtures.key("en"), StepFixtures.training(null, 0));
                store.commit(StepFixtures.result(StepFixtures.key("en"), 0.75));
                return StepFixtures.result(step.key(), 0.5);
            });

            RunOutcome outcome = run(plan("en -> de, fr"), 1);

            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.results())
                    .containsEntry(StepFixtures.key("en"), StepFixtures.result(StepFixtures.key("en"), 0.75));
            assertThat(runner.ran()).containsExactly("fr", "de");
        }
    }

    @Test
    void a_step_whose_process_died_is_taken_over() throws Exception {
        Store store = Store.open(root);
        var lock = store.locks().tryLock(StepFixtures.key("en")).orElseThrow();
        runner.script("fr", (step, context) -> {
            lock.close();
            return StepFixtures.result(step.key(), 0.5);
        });

        RunOutcome outcome = run(plan("en -> de, fr"), 1);

        assertThat(outcome.succeeded()).isTrue();
        assertThat(runner.ran()).containsExactly("fr", "en", "de");
    }

    @Test
    void the_events_tell_the_story() {
        run(plan("en -> de"), 1);

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "RunStarted",
                        "StepStarted",
                        "StepProgressed",
                        "StepSucceeded",
                        "StepStarted",
                        "StepProgressed",
                        "StepSucceeded",
                        "RunFinished");
    }
}
