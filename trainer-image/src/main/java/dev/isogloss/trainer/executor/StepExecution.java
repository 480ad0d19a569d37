package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepRunner;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.StepLock;
import dev.isogloss.trainer.store.StoreErrors;
import java.util.Optional;

/// Execution of a step by the protocol that laptop and pod share: lock it, look once more for a result of another
/// process, run, commit.
public final class StepExecution {
    private final StepRunner runner;
    private final RunContext context;

    public StepExecution(StepRunner runner, RunContext context) {
        this.runner = runner;
        this.context = context;
    }

    /// The end of an execution.
    public sealed interface Ending {
        record Done(StepResult result) implements Ending {}

        /// The result was in the store already.
        record Reused(StepResult result) implements Ending {}

        /// Another process is running the step now.
        record LockedElsewhere(String holder) implements Ending {}

        record Stopped(String where) implements Ending {}

        record Failed(Throwable cause) implements Ending {}
    }

    /// Never throws: a failure is an ending.
    public Ending run(PlannedStep step, Progress progress) {
        try {
            return runLocked(step, progress);
        } catch (Stopped stopped) {
            return new Ending.Stopped(Failures.sentence(stopped));
        } catch (Exception failure) {
            return new Ending.Failed(
                    StoreErrors.explained(failure, context.store().root()));
        } catch (Throwable error) {
            return new Ending.Failed(error); // out of heap, a class that is missing: other steps may still succeed
        }
    }

    private Ending runLocked(PlannedStep step, Progress progress) throws Exception {
        Optional<StepResult> before = context.store().result(step.key());
        if (before.isPresent()) return new Ending.Reused(before.get());
        Optional<StepLock> free = context.store().tryLock(step.key());
        if (free.isEmpty()) return new Ending.LockedElsewhere(context.store().holder(step.key()));
        try (StepLock lock = free.get()) {
            Optional<StepResult> meanwhile = context.store().result(step.key());
            return meanwhile.isPresent() ? new Ending.Reused(meanwhile.get()) : new Ending.Done(work(step, progress));
        }
    }

    private StepResult work(PlannedStep step, Progress progress) throws Exception {
        StepFolder folder = context.store().begin(step.key(), step.spec());
        StepResult result = runner.run(
                step,
                new StepContext(
                        context.store(),
                        folder,
                        context.locations(),
                        context.claims(),
                        context.stop(),
                        progress,
                        context.options(),
                        context.hub()));
        if (!result.key().equals(step.key()))
            throw new IllegalStateException("the result of %s carries the key %s".formatted(step.key(), result.key()));
        return context.store().commit(result);
    }
}
