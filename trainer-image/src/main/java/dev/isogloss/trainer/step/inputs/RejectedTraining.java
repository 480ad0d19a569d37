package dev.isogloss.trainer.step.inputs;

import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A training that gained nothing (`selection.keep: Better`): the model that it went on from stands for its own, byte
/// for byte, and so does whatever was made of that model.
public final class RejectedTraining {
    private RejectedTraining() {}

    /// The model before, where a training would learn from the labels of others alone and there are none.
    ///
    /// @return empty: train
    public static Optional<StepResult> withoutLabels(TrainStep spec, StepInputs inputs) throws IOException {
        PseudoLabelInputs labels = spec.pseudoLabels();
        if (labels == null || !labels.only() || !(spec.encoder() instanceof EncoderOrigin.FromStep from))
            return Optional.empty();
        for (StepKey selected : labels.selected())
            if (PseudoLabels.manifest(inputs.selected(selected)).count() > 0) return Optional.empty();
        inputs.journal().note("nobody handed on a label: the model before is kept");
        StepOutput output = inputs.prove();
        Path kept = inputs.model(from.by());
        AtomicFiles.folder(output.folder().model(), folder -> HardLinks.folder(kept, folder));
        inputs.journal().facts(Facts.of(Fact.Accepted, 0).with(Fact.Updates, 0).with(Fact.PseudoLabels, 0));
        return Optional.of(output.result(List.of()));
    }

    /// The predictions of the same work on the model before, linked, if that work is done.
    ///
    /// @param work a step's spec with another model in the place of its own
    /// @return the result to record; empty: compute it
    public static Optional<StepResult> predictions(StepKey model, Function<StepKey, StepSpec> work, StepInputs inputs)
            throws IOException {
        Optional<StepKey> before = modelBefore(model, inputs);
        if (before.isEmpty()) return Optional.empty();
        StepKey same = StepKeys.of(work.apply(before.get()));
        Optional<StepResult> done = inputs.resultIfDone(same);
        if (done.isEmpty()) return Optional.empty();
        StepOutput output = inputs.prove();
        Path predictions = inputs.predictions(same);
        AtomicFiles.folder(output.folder().predictions(), folder -> HardLinks.folder(predictions, folder));
        inputs.read(null, done.get().provenance().data());
        inputs.journal().note("the training gained nothing: the predictions of the model before stand for its own");
        inputs.journal().facts(done.get().facts());
        StepResult result = output.result(done.get().scores());
        String sketch = done.get().labelSketch();
        return Optional.of(sketch == null ? result : result.withLabelSketch(sketch));
    }

    /// The model that a rejected training went on from; empty for all other steps.
    private static Optional<StepKey> modelBefore(StepKey model, StepInputs inputs) throws IOException {
        if (inputs.result(model).facts().get(Fact.Accepted).orElse(1) > 0) return Optional.empty();
        return inputs.spec(model) instanceof TrainStep train && train.encoder() instanceof EncoderOrigin.FromStep from
                ? Optional.of(from.by())
                : Optional.empty();
    }
}
