package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.result.TerminationMessage.Result;
import dev.isogloss.trainer.executor.StepExecution.Ending;
import dev.isogloss.trainer.progress.RunEvent;
import dev.isogloss.trainer.progress.RunListener;
import dev.isogloss.trainer.step.StepRunner;
import dev.isogloss.trainer.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a pod does after its own step: steps that read the model which is in memory then. One whose inputs are
/// not there is left out, and the first one that does not succeed is the last one. Neither takes anything from
/// the pod's own result; whoever wants those starts pods for them.
///
/// After a result that was in the store before and counts, nothing is computed: a step that takes the process down,
/// for lack of memory say, would do so again in every pod that is started in its stead.
public final class FollowUpSteps {
    private final StepRunner runner;
    private final Function<PlannedStep, RunContext> context;
    private final RunListener listener;

    /// @param context of a step; may throw what a step may throw
    public FollowUpSteps(StepRunner runner, Function<PlannedStep, RunContext> context, RunListener listener) {
        this.runner = runner;
        this.context = context;
        this.listener = listener;
    }

    /// The results of those that succeeded, in their order.
    ///
    /// @param own how the pod's own step has ended
    public List<Result> after(Ending own, Store store, List<PlannedStep> steps) {
        return switch (own) {
            case Ending.Done _, Ending.Again _ -> run(store, steps);
            case Ending.Reused _ -> found(store, steps);
            case Ending.Stopped _, Ending.LockedElsewhere _, Ending.Failed _ -> List.of();
        };
    }

    private static List<Result> found(Store store, List<PlannedStep> steps) {
        return steps.stream()
                .filter(step -> !store.isStale(step.key()))
                .flatMap(step -> store.result(step.key()).stream())
                .map(result -> Result.of(result, true))
                .toList();
    }

    private List<Result> run(Store store, List<PlannedStep> steps) {
        List<Result> results = new ArrayList<>();
        for (PlannedStep step : steps) {
            if (!step.inputs().stream().allMatch(store::isDone)) {
                left(step, "left to a pod of its own: it reads a step that is not done");
                continue;
            }
            Optional<Result> result = result(step);
            if (result.isEmpty()) break;
            results.add(result.get());
        }
        return List.copyOf(results);
    }

    private Optional<Result> result(PlannedStep step) {
        listener.on(new RunEvent.StepStarted(step.key(), step.title(), "it reads the model of this pod's step"));
        long started = System.nanoTime();
        return switch (ending(step)) {
            case Ending.Done(var result) -> {
                double seconds = (System.nanoTime() - started) / 1e9;
                listener.on(new RunEvent.StepSucceeded(step.key(), step.title(), seconds, result.scores()));
                yield of(result, false);
            }
            case Ending.Again again -> {
                listener.on(again.event(step));
                yield of(again.recomputed().result(), false);
            }
            case Ending.Reused(var result) -> {
                listener.on(new RunEvent.StepReused(step.key(), step.title()));
                yield of(result, true);
            }
            case Ending.LockedElsewhere(var holder) -> last(step, holder + " is running it");
            case Ending.Stopped(var where) -> last(step, "stopped " + where);
            case Ending.Failed(var cause) -> {
                listener.on(new RunEvent.StepFailed(step.key(), step.title(), Failures.sentence(cause)));
                yield last(step, "it failed here");
            }
        };
    }

    private Ending ending(PlannedStep step) {
        try {
            RunContext here = context.apply(step);
            if (here.stop().requested()) return new Ending.Stopped("before it began");
            return new StepExecution(runner, here).run(step, new ReportedProgress(step, listener));
        } catch (RuntimeException failure) {
            return new Ending.Failed(failure);
        }
    }

    private static Optional<Result> of(StepResult result, boolean reused) {
        return Optional.of(Result.of(result, reused));
    }

    private Optional<Result> last(PlannedStep step, String because) {
        left(step, "left to a pod of its own, with what would come after: " + because);
        return Optional.empty();
    }

    private void left(PlannedStep step, String sentence) {
        listener.on(new RunEvent.StepNoted(step.key(), step.title(), sentence));
    }
}
