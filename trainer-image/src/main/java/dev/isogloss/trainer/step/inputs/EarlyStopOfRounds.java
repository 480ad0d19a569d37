package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The end of rounds that no longer gain: a training of a later round then trains nothing, and the model of the round
/// before stands for its own.
public final class EarlyStopOfRounds {
    private EarlyStopOfRounds() {}

    /// The model of the round before, where the rounds so far say that another is not worth it.
    ///
    /// @return empty: train
    public static Optional<StepResult> kept(@Nullable PseudoLabelInputs pseudoLabels, StepInputs inputs)
            throws IOException {
        PseudoLabelInputs.EarlierRounds history = pseudoLabels == null ? null : pseudoLabels.history();
        if (history == null) return Optional.empty();
        List<List<Double>> scores = history.rounds().stream()
                .map(round ->
                        round.stream().map(key -> selectionScore(key, inputs)).toList())
                .toList();
        if (!PseudoLabelInputs.EarlierRounds.isOver(scores, history.patience())) return Optional.empty();
        StepKey last = history.rounds().getLast().get(history.own());
        inputs.journal()
                .note("%d rounds without gain: the model of the round before is kept".formatted(history.patience()));
        Facts facts =
                Facts.of(Fact.SelectionScore, selectionScore(last, inputs)).with(Fact.Updates, 0);
        return Optional.of(keep(last, facts, inputs));
    }

    /// The model of an earlier step as this one's.
    public static StepResult keep(StepKey model, Facts facts, StepInputs inputs) throws IOException {
        StepOutput output = inputs.prove();
        Path kept = inputs.model(model);
        AtomicFiles.folder(output.folder().model(), folder -> HardLinks.folder(kept, folder));
        inputs.journal().facts(facts);
        return output.result(List.of()).withKeptModel();
    }

    /// True if a step stands for one of the round before: it is recorded with its result, and so with all that
    /// follow.
    public static boolean keptItsModel(StepKey key, StepInputs inputs) {
        return inputs.result(key).keptModel();
    }

    public static double selectionScore(StepKey key, StepInputs inputs) {
        return inputs.result(key)
                .facts()
                .get(Fact.SelectionScore)
                .orElseThrow(
                        () -> new InvalidInput(("Step %s has no selection score, by which rounds are compared. Leave"
                                        + " models[].fineTune.selection.keep at Best, or set strategy's keep to Last and patience to 0.")
                                .formatted(key.brief())));
    }
}
