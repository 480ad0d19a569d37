package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepRunner;
import dev.isogloss.trainer.store.Recomputed;
import dev.isogloss.trainer.store.RepeatedStep;
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

        /// The store held a result, and it was made again.
        record Again(Recomputed recomputed) implements Ending {}

        /// Another process is running the step now.
        record LockedElsewhere(String holder) implements Ending {}

        record Stopped(String where) implements Ending {}

        record Failed(Throwable cause) implements Ending {}
    }

    /// Never throws: a failure is an ending.
    public Ending run(PlannedStep step, Progress progress) {
        return run(step, progress, false);
    }

    /// @param again whether a result that the store holds is made again, instead of being reused
    public Ending run(PlannedStep step, Progress progress, boolean again) {
        try {
            return runLocked(step, progress, again);
        } catch (Stopped stopped) {
            return new Ending.Stopped(Failures.sentence(stopped));
        } catch (Exception failure) {
            return new Ending.Failed(
                    StoreErrors.explained(failure, context.store().root()));
        } catch (Throwable error) {
            return new Ending.Failed(error); // out of heap, a class that is missing: other steps may still succeed
        }
    }

    private Ending runLocked(PlannedStep step, Progress progress, boolean again) throws Exception {
        Optional<StepResult> before = context.store().result(step.key());
        if (before.isPresent() && !again) return new Ending.Reused(before.get());
        Optional<StepLock> free = context.store().tryLock(step.key());
        if (free.isEmpty()) return new Ending.LockedElsewhere(context.store().holder(step.key()));
        try (StepLock lock = free.get()) {
            Optional<StepResult> meanwhile = context.store().result(step.key());
            if (meanwhile.isEmpty()) return new Ending.Done(work(step, progress));
            return again ? new Ending.Again(workAgain(step, progress)) : new Ending.Reused(meanwhile.get());
        }
    }

    private StepResult work(PlannedStep step, Progress progress) throws Exception {
        return context.store().commit(made(step, progress, context.store().begin(step.key(), step.spec())));
    }

    private Recomputed workAgain(PlannedStep step, Progress progress) throws Exception {
        RepeatedStep again = RepeatedStep.begin(context.store(), step.key(), step.spec());
        return again.end(made(step, progress, again.folder()));
    }

    private StepResult made(PlannedStep step, Progress progress, StepFolder folder) throws Exception {
        StepResult result = runner.run(
                step,
                new StepContext(
                        context.store(),
                        folder,
                        context.locations().of(step.spec().reads()),
                        context.claims(),
                        context.stop(),
                        progress,
                        context.options(),
                        context.hub()));
        if (!result.key().equals(step.key()))
            throw new IllegalStateException("the result of %s carries the key %s".formatted(step.key(), result.key()));
        return result;
    }
}
