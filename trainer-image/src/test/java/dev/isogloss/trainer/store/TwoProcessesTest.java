package dev.isogloss.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.step.StepKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TwoProcessesTest {
    private static final StepKey KEY = StepFixtures.key("a step");

    @TempDir
    Path root;

    @Test
    void a_step_that_another_process_runs_cannot_be_locked_until_it_is_committed() throws Exception {
        Store store = Store.open(root);
        try (OtherProcess other = OtherProcess.on(root, "train", KEY)) {
            assertThat(other.says()).isEqualTo("writing");

            assertThat(store.locks().isRunning(KEY)).isTrue();
            assertThat(store.locks().tryLock(KEY)).isEmpty();
            assertThat(store.locks().holder(KEY)).matches("process \\d+ on .+ since .+");
            assertThat(store.locks().told(KEY)).contains("half of it");
            assertThat(store.isDone(KEY)).isFalse();

            other.goOn();
            assertThat(other.says()).isEqualTo("done");
            assertThat(store.result(KEY)).contains(StepFixtures.result(KEY, 0.5));
        }
    }

    @Test
    void a_killed_process_leaves_its_checkpoint_and_its_lock_is_free_at_once() throws Exception {
        Store store = Store.open(root);
        try (OtherProcess other = OtherProcess.on(root, "train", KEY)) {
            assertThat(other.says()).isEqualTo("writing");
            other.kill();
        }

        assertThat(store.isDone(KEY)).isFalse();
        try (StepLock lock = store.locks().tryLock(KEY).orElseThrow()) {
            StepFolder folder = store.begin(KEY, StepFixtures.training(null, 1));
            assertThat(folder.checkpoint().resolve("state")).hasContent("update 100");
            assertThat(folder.model()).doesNotExist();
            try (var entries = Files.list(folder.path())) {
                assertThat(entries.filter(AtomicFiles::isLeftover)).isEmpty();
            }
        }
    }

    @Test
    void of_three_processes_that_want_a_step_one_runs_it() throws Exception {
        try (OtherProcess one = OtherProcess.on(root, "race", KEY);
                OtherProcess two = OtherProcess.on(root, "race", KEY);
                OtherProcess three = OtherProcess.on(root, "race", KEY)) {
            List<OtherProcess> all = List.of(one, two, three);
            for (OtherProcess each : all) assertThat(each.says()).isEqualTo("ready");

            for (OtherProcess each : all) each.goOn();

            assertThat(List.of(one.says(), two.says(), three.says()))
                    .containsExactlyInAnyOrder("ran", "reused", "reused");
        }
    }

    @Test
    void who_asks_whether_a_step_runs_is_never_taken_for_one_who_runs_it() throws Exception {
        StepLocks locks = Store.open(root).locks();
        locks.tryLock(KEY).orElseThrow().close();
        try (OtherProcess one = OtherProcess.on(root, "ask", KEY);
                OtherProcess two = OtherProcess.on(root, "ask", KEY)) {
            assertThat(List.of(one.says(), two.says())).containsExactly("asking", "asking");

            for (int round = 0; round < 2000; round++)
                assertThat(locks.isRunning(KEY)).isFalse();
            for (int round = 0; round < 2000; round++)
                locks.tryLock(KEY).orElseThrow().close();

            StepLock running = locks.tryLock(KEY).orElseThrow();
            assertThat(List.of(one.says(), two.says())).containsExactly("it runs", "it runs");
            running.close();
        }
    }

    @Test
    void a_thread_that_asks_whether_a_step_runs_is_never_taken_for_one_that_runs_it() throws Exception {
        StepLocks locks = Store.open(root).locks();
        locks.tryLock(KEY).orElseThrow().close();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Long>> questions = threads.invokeAll(List.of(() -> answers(locks), () -> answers(locks)));
            for (Future<Long> wrong : questions) assertThat(wrong.get()).isZero();

            Future<Long> asking = threads.submit(() -> answers(locks));
            while (!asking.isDone()) locks.tryLock(KEY).orElseThrow().close();
        }
    }

    private static long answers(StepLocks locks) {
        return IntStream.range(0, 2000).filter(round -> locks.isRunning(KEY)).count();
    }
}
