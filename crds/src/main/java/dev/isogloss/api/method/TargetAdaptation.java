package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// The hyperparameters of a method that adapts a trained model to one target language, from the source's labels and the
/// target's texts.
public sealed interface TargetAdaptation extends TrainedMethod, MethodSettings
        permits Iwda, Distill, SelfTrain, AdversarialAlign {

    TargetSettings target();

    /// The split of the target language that is read without its labels.
    default String unlabelledSplit() {
        return target().unlabelledSplit();
    }

    /// Updates between evaluations; null: none unless `selection` asks for them.
    default @Nullable Integer evaluateEvery() {
        return target().evaluateEvery();
    }

    default Selection selection() {
        return target().selection();
    }

    /// True if checkpoints are scored: to keep the best, to stop early, or for the curve.
    @JsonIgnore
    default boolean isScored() {
        return selection().isScored() || evaluateEvery() != null;
    }
}
