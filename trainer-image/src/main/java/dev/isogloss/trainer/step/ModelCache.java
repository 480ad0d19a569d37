package dev.isogloss.trainer.step;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.task.Model;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The model that the last training of this process made. It belongs to the step that takes it, which may give it back.
public final class ModelCache implements AutoCloseable {
    private @Nullable StepKey key;
    private @Nullable Model model;

    public synchronized Optional<Model> take(StepKey wanted) {
        if (model == null || !wanted.equals(key)) return Optional.empty();
        Model taken = model;
        model = null;
        return Optional.of(taken);
    }

    public synchronized void give(StepKey of, Model made) {
        if (model != null) model.close();
        key = of;
        model = made;
    }

    @Override
    public synchronized void close() {
        if (model != null) model.close();
        model = null;
    }
}
