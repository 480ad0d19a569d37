package dev.isogloss.trainer.loop;

import dev.isogloss.api.method.Selection.Keep;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.tensor.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of the training loop share: a scope, a folder for checkpoints, and trainings that keep one there every
/// five updates.
abstract class TrainingTestBase {
    @TempDir
    Path folder;

    private Scope scope;

    @BeforeEach
    final void open() {
        scope = Scope.open();
    }

    @AfterEach
    final void close() {
        scope.close();
    }

    static Scoring improving(Regression method) {
        return new Scoring(8, 0, Keep.Best, () -> Map.of("accuracy", 1 - Math.abs(3 - (double) method.result()[2])));
    }

    TrainingOutcome train(Method method, @Nullable Scoring scoring, Recorder recorder, String name) {
        return train(method, scoring, recorder, new Checkpoints(folder.resolve(name)));
    }

    static TrainingOutcome train(Method method, @Nullable Scoring scoring, Recorder recorder, Checkpoints checkpoints) {
        return new Training(method, scoring, checkpoints, Duration.ofHours(1), 5, recorder).run();
    }
}
