package dev.isogloss.trainer.step;

import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.store.StepFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The making of something out of proven inputs: the step's folder, its training, its result. [StepInputs#prove] alone
/// hands it out.
public final class StepOutput {
    private final StepContext context;
    private final StepInputs inputs;
    private final StepJournal journal;
    private final TrainingMetrics metrics;

    StepOutput(StepContext context, StepInputs inputs, StepJournal journal, TrainingMetrics metrics) {
        this.context = context;
        this.inputs = inputs;
        this.journal = journal;
        this.metrics = metrics;
    }

    public StepFolder folder() {
        return context.folder();
    }

    public TrainingOutcome train(Method method, @Nullable Scoring scoring) {
        if (method.groups().stream().allMatch(group -> group.rate().isAlwaysZero()))
            journal.note("The only update of this training has the learning rate 0, and the model stays as it was: the"
                    + " warm-up (optimiser.warmupFraction) is rounded up to a whole update. Train for more updates, or"
                    + " write optimiser: {warmupFraction: 0}.");
        RunOptions options = context.options();
        return new Training(
                        method,
                        scoring,
                        new Checkpoints(folder().checkpoint(), this::keepCheckpoint),
                        options.checkpointEvery(),
                        options.checkpointUpdates(),
                        new TrainingReporter(folder().curve(), context.progress(), context.stop(), metrics))
                .run();
    }

    /// Something that a later attempt can go on from was written.
    public void keepCheckpoint() {
        context.store().keepCheckpoint(folder()).ifPresent(journal::note);
    }

    /// Inputs that were read beside the writing are proven here.
    public StepResult result(List<Score> scores) {
        inputs.prove();
        return journal.result(scores);
    }
}
