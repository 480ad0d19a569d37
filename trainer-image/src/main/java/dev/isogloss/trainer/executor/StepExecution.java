package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.progress.RunEvent.StepRecomputed;
import dev.isogloss.trainer.step.Progress;
import dev.isogloss.trainer.step.StepContext;
import dev.isogloss.trainer.step.StepRunner;
import dev.isogloss.trainer.store.Recomputed;
import dev.isogloss.trainer.store.RepeatedStep;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.StepLock;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreErrors;
import java.time.InstantSource;
import java.util.Optional;

/// Execution of a step by the protocol that laptop and pod share: lock it, look once more for a result of another
/// process, run, commit. A result that was made from what was replaced since counts for neither.
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

        /// The store held a result, and it was made again: on demand, or because it was stale.
        record Again(Recomputed recomputed) implements Ending {
            public StepRecomputed event(PlannedStep step) {
                return new StepRecomputed(step.key(), step.title(), recomputed.isSame(), recomputed.differences());
            }
        }

        /// Another process is running the step now.
        record LockedElsewhere(String holder) implements Ending {}

        record Stopped(String where) implements Ending {}

        record Failed(Throwable cause) implements Ending {}
    }

    /// Never throws: a failure is an ending.
    public Ending run(PlannedStep step, Progress progress) {
        return run(step, progress, false);
    }

    /// @param asked whether a result that the store holds is made again even if nothing of what it reads was replaced
    public Ending run(PlannedStep step, Progress progress, boolean asked) {
        try {
            return runLocked(step, progress, asked);
        } catch (Stopped stopped) {
            return new Ending.Stopped(Failures.sentence(stopped));
        } catch (Exception failure) {
            return new Ending.Failed(
                    StoreErrors.explained(failure, context.store().root()));
        } catch (Throwable error) {
            return new Ending.Failed(error); // out of heap, a class that is missing: other steps may still succeed
        }
    }

    private Ending runLocked(PlannedStep step, Progress progress, boolean asked) throws Exception {
        Store store = context.store();
        Optional<StepResult> before = asked ? Optional.empty() : store.result(step.key());
        if (before.isPresent() && !store.isStale(step.key())) return new Ending.Reused(before.get());
        Optional<StepLock> free = store.locks().tryLock(step.key());
        if (free.isEmpty()) return new Ending.LockedElsewhere(store.locks().holder(step.key()));
        try (StepLock lock = free.get()) {
            Optional<StepResult> meanwhile = store.result(step.key());
            Progress told = new ToldProgress(step, progress, lock, InstantSource.system());
            if (meanwhile.isEmpty()) return new Ending.Done(work(step, told));
            if (asked || store.isStale(step.key())) return new Ending.Again(workAgain(step, told));
            return new Ending.Reused(meanwhile.get());
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
