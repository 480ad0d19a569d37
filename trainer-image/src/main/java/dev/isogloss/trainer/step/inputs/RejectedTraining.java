package dev.isogloss.trainer.step.inputs;

import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// A training that gained nothing (`selection.keep: Better`): the model that it went on from stands for its own, byte
/// for byte, and so does whatever was made of that model.
public final class RejectedTraining {
    public static final String ACCEPTED = "accepted";

    private RejectedTraining() {}

    /// The predictions of the same work on the model before, linked, if that work is done.
    ///
    /// @param work a step's spec with another model in the place of its own
    /// @return the result to record; empty: compute it
    public static Optional<StepResult> predictions(StepKey model, Function<StepKey, StepSpec> work, StepSession bench)
            throws IOException {
        Optional<StepKey> before = modelBefore(model, bench);
        if (before.isEmpty()) return Optional.empty();
        Store store = bench.context().store();
        StepKey same = StepKeys.of(work.apply(before.get()));
        Optional<StepResult> done = store.result(same);
        if (done.isEmpty()) return Optional.empty();
        Path predictions = store.predictions(same);
        AtomicFiles.folder(bench.folder().predictions(), folder -> HardLinks.folder(predictions, folder));
        bench.read(null, done.get().provenance().data());
        bench.note("the training gained nothing: the predictions of the model before stand for its own");
        StepResult result =
                bench.result(done.get().scores(), done.get().facts(), done.get().digests());
        String sketch = done.get().labelSketch();
        return Optional.of(sketch == null ? result : result.withLabelSketch(sketch));
    }

    /// The model that a rejected training went on from; empty for all other steps.
    private static Optional<StepKey> modelBefore(StepKey model, StepSession bench) throws IOException {
        Double accepted = PseudoLabelSplits.result(model, bench).facts().get(ACCEPTED);
        if (accepted == null || accepted > 0) return Optional.empty();
        byte[] json = Files.readAllBytes(bench.context().store().spec(model));
        StepSpec spec = StoreJson.MAPPER.readValue(json, StepSpec.class);
        return spec instanceof TrainStep train && train.encoder() instanceof EncoderOrigin.FromStep from
                ? Optional.of(from.by())
                : Optional.empty();
    }
}
