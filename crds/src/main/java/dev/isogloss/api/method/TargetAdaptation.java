package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// The hyperparameters of a method that adapts a trained model to one target language, from the source's labels and the
/// target's texts.
public sealed interface TargetAdaptation extends MethodSettings permits Iwda, Distill, SelfTrain, AdversarialAlign {

    /// Which split of the target language is read without its labels.
    String unlabelledSplit();

    /// Updates between evaluations; null: none unless `selection` asks for them.
    @Nullable
    Integer evaluateEvery();

    /// Which checkpoint is kept.
    Selection selection();

    /// Whether checkpoints are scored at all: to keep the best, to stop early, or for the curve.
    @JsonIgnore
    default boolean isScored() {
        return selection().keep() != Selection.Keep.Last || selection().patience() > 0 || evaluateEvery() != null;
    }
}
