package dev.isogloss.trainer.executor;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.trainer.progress.RunEvent.StepNoted;
import dev.isogloss.trainer.progress.RunEvent.StepProgressed;
import dev.isogloss.trainer.progress.RunListener;
import dev.isogloss.trainer.step.Progress;

/// A step's progress as events of the run.
public record ReportedProgress(PlannedStep step, RunListener listener) implements Progress {

    @Override
    public void update(long update, long of, double loss, double examplesPerSecond, double tokensPerSecond) {
        listener.on(new StepProgressed(step.key(), step.title(), update, of, loss, examplesPerSecond, tokensPerSecond));
    }

    @Override
    public void note(String text) {
        listener.on(new StepNoted(step.key(), step.title(), text));
    }
}
