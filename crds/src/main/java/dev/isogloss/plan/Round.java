package dev.isogloss.plan;

import org.jspecify.annotations.Nullable;

/// The round of a run that a step belongs to, and for which of its models.
///
/// @param name    of the model, as the manifest calls it
/// @param target  the language that the model is for; null where one model is for all targets
/// @param number  counted from 1; 0 is the training before the first one, in a strategy that has one
/// @param isFinal whether the model ends as this round leaves it: it is the last one, and no earlier one may be chosen
public record Round(String name, @Nullable String target, int number, boolean isFinal) {
    /// The name of the three models of tri-training as one, which predicts the mean of their probabilities.
    public static final String ENSEMBLE = "ensemble";

    /// The name of tables for the mean over the three models of tri-training.
    public static final String MODELS = "models";

    public Round {
        if (name.isBlank()) throw new IllegalArgumentException("a round needs the name of its model");
        if (number < 0) throw new IllegalArgumentException("there is no round " + number);
    }

    /// The model as tables call it: its name, and the target where targets are learnt separately.
    public String model() {
        return target == null ? name : name + " " + target;
    }

    /// The stage that tables show its scores under.
    public String stage() {
        if (isFinal) return model();
        return number == 0 ? model() + " warm-up" : model() + " round " + number;
    }
}
