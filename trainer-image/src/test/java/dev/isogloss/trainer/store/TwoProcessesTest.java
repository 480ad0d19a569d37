package dev.isogloss.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.step.StepKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
