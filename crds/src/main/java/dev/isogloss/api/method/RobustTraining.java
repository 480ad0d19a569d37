package dev.isogloss.api.method;

import org.jspecify.annotations.Nullable;

/// The hyperparameters of a supervised training that also learns from inputs which are changed a little, so that the
/// model minds small differences less, such as those between languages.
public sealed interface RobustTraining extends MethodSettings permits Ear, RandomizedSmoothing, AdversarialTraining {

    /// The training that is made robust; null in a plan, where it stands beside.
    @Nullable
    FineTune fineTune();

    /// True if words are replaced by their neighbours, which a dictionary lists.
    boolean readsDictionary();

    /// As a plan holds it: without the training, with everything filled in that a preset decides, and with the default
    /// wherever a field changes nothing.
    RobustTraining resolved();
}
