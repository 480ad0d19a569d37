package dev.isogloss.trainer.cli;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepRunner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A runner that is made when the first step has to run, so that a run which reuses everything never loads the
/// engine.
final class LazyRunner implements StepRunner, AutoCloseable {
    private final Supplier<StepRunner> maker;
    private @Nullable StepRunner runner;

    LazyRunner(Supplier<StepRunner> maker) {
        this.maker = maker;
    }

    @Override
    public StepResult run(PlannedStep step, StepContext context) throws Exception {
        return runner().run(step, context);
    }

    private synchronized StepRunner runner() {
        if (runner == null) runner = maker.get();
        return runner;
    }

    /// Frees what the runner holds, models in memory above all.
    @Override
    public synchronized void close() {
        if (!(runner instanceof AutoCloseable closeable)) return;
        try {
            closeable.close();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
