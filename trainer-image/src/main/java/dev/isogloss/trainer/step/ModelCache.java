package dev.isogloss.trainer.step;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.task.Model;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The model that the last training of this process made. It belongs to the step that takes it, which may give it back.
public final class ModelCache implements AutoCloseable {
    private @Nullable Made made;
    private @Nullable Model model;

    /// One training of a step. Another process may do it again, and put what it made in the place of this one's model.
    ///
    /// @param started as the result tells it
    record Made(StepKey step, Instant started) {}

    synchronized Optional<Model> take(Made wanted) {
        if (model == null || !wanted.equals(made)) return Optional.empty();
        Model taken = model;
        model = null;
        return Optional.of(taken);
    }

    synchronized void give(Made by, Model given) {
        if (model != null) model.close();
        made = by;
        model = given;
    }

    @Override
    public synchronized void close() {
        if (model != null) model.close();
        model = null;
    }
}
