package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.loop.TrainingListener;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.HostReads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A read of the device's numbers waits until the device has done all that it was asked for: an update has one, of
/// its losses. Lines of the curve, scores and checkpoints have their own, and so has a round of self-training, which
/// predicts before its first update.
class HostReadsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void an_update_reads_its_losses_and_nothing_else(SmallTraining training) {
        Counting counting = new Counting();
        try (Model model = TinyTransfer.model(training.readsWords() ? Head.Token : Head.Pooled);
                Method method = training.on(model)) {
            new Training(method, null, new Checkpoints(folder), Duration.ofHours(1), 0, counting).run();
        }

        assertThat(counting.reads).hasSizeGreaterThanOrEqualTo(3).allMatch(reads -> reads == 1);
    }

    /// Counts from the end of a line of the curve, which follows each of so few updates.
    private static final class Counting implements TrainingListener {
        final List<Long> reads = new ArrayList<>();
        private final List<Double> labelled = new ArrayList<>(List.of(Double.NaN));
        private long before;
        private long now;

        @Override
        public void resumed(long update) {
            before = HostReads.ofThisThread();
        }

        @Override
        public void updated(long update, long of, double loss) {
            now = HostReads.ofThisThread() - before;
        }

        @Override
        public void read(long examples, long tokens) {}

        @Override
        public void curve(long update, Map<String, Double> values) {
            Double pool = values.get("pseudoLabelled");
            boolean beginsRound = pool != null && !pool.equals(labelled.getLast());
            if (beginsRound) labelled.add(pool);
            else reads.add(now);
            before = HostReads.ofThisThread();
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
