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

/// One try at one step: the protocol around the work, the same on a laptop and in a pod. Lock, look once more whether
/// somebody was quicker, run, commit.
public final class StepExecution {
    private final StepRunner runner;
    private final RunContext place;

    public StepExecution(StepRunner runner, RunContext place) {
        this.runner = runner;
        this.place = place;
    }

    /// How a try ended.
    public sealed interface Ending {
        record Done(StepResult result) implements Ending {}

        /// The result was in the store already.
        record Reused(StepResult result) implements Ending {}

        /// Another process is running the step now.
        record Held(String holder) implements Ending {}

        record Stopped(String where) implements Ending {}

        record Failed(Throwable cause) implements Ending {}
    }

    /// Never throws: whatever goes wrong is the ending.
    public Ending of(PlannedStep step, Progress progress) {
        try {
            return locked(step, progress);
        } catch (Stopped stopped) {
            return new Ending.Stopped(Failures.sentence(stopped));
        } catch (Exception failure) {
            return new Ending.Failed(
                    StoreErrors.explained(failure, place.store().root()));
        } catch (Throwable error) {
            return new Ending.Failed(error); // out of heap, a class that is missing: other steps may still succeed
        }
    }

    private Ending locked(PlannedStep step, Progress progress) throws Exception {
        Optional<StepResult> before = place.store().result(step.key());
        if (before.isPresent()) return new Ending.Reused(before.get());
        Optional<StepLock> free = place.store().tryLock(step.key());
        if (free.isEmpty()) return new Ending.Held(place.store().holder(step.key()));
        try (StepLock lock = free.get()) {
            Optional<StepResult> meanwhile = place.store().result(step.key());
            return meanwhile.isPresent() ? new Ending.Reused(meanwhile.get()) : new Ending.Done(run(step, progress));
        }
    }

    private StepResult run(PlannedStep step, Progress progress) throws Exception {
        StepFolder folder = place.store().begin(step.key(), step.spec());
        StepResult result = runner.run(
                step,
                new StepContext(
                        place.store(),
                        folder,
                        place.locations(),
                        place.claims(),
                        place.stop(),
                        progress,
                        place.options()));
        if (!result.key().equals(step.key()))
            throw new IllegalStateException("the result of %s carries the key %s".formatted(step.key(), result.key()));
        return place.store().commit(result);
    }
}
