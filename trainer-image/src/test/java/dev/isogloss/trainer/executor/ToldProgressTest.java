package dev.isogloss.trainer.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.trainer.progress.Ticking;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.store.StepLock;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldProgressTest {
    private final PlannedStep step = PlanFixture.plan("en").steps().getFirst();
    private final Ticking clock = new Ticking();
    private final List<String> heard = new ArrayList<>();

    private final Progress screen = new Progress() {
        @Override
        public void update(long update, long of, double loss, double examplesPerSecond, double tokensPerSecond) {
            heard.add("%d of %d".formatted(update, of));
        }

        @Override
        public void note(String text) {
            heard.add(text);
        }
    };

    @TempDir
    Path root;

    private StepLock lock;
    private ToldProgress progress;

    @BeforeEach
    void aRunningStep() {
        lock = Store.open(root).locks().tryLock(step.key()).orElseThrow();
        progress = new ToldProgress(step, screen, lock, clock);
    }

    /// Read as another process would: this one does not ask itself.
    private String told() throws IOException {
        List<String> lines =
                Files.readAllLines(root.resolve("locks").resolve(step.key().hex()));
        assertThat(lines.getFirst()).startsWith("process ");
        return lines.get(1);
    }

    @Test
    void the_first_progress_is_told_at_once_and_what_comes_within_a_second_later() throws IOException {
        progress.update(10, 100, 0.5, Double.NaN, Double.NaN);
        assertThat(told()).isEqualTo("10 of 100 updates, loss 0.5000");

        progress.update(11, 100, 0.25, Double.NaN, Double.NaN);
        assertThat(told()).startsWith("10 of 100");

        clock.pass(1);
        progress.update(20, 100, 0.25, 320, Double.NaN);
        assertThat(told()).isEqualTo("20 of 100 updates, loss 0.2500, 0:08 left, 320 examples/s");
        assertThat(heard).containsExactly("10 of 100", "11 of 100", "20 of 100");
    }

    @Test
    void a_step_goes_on_whose_progress_cannot_be_told_and_says_so_once() throws IOException {
        lock.close();

        progress.update(1, 3, 0.5, Double.NaN, Double.NaN);
        clock.pass(1);
        progress.update(2, 3, 0.5, Double.NaN, Double.NaN);

        assertThat(heard).hasSize(3).startsWith("1 of 3").endsWith("2 of 3");
        assertThat(heard.get(1)).startsWith("isogloss status cannot say how far this step is: ");
    }
}
