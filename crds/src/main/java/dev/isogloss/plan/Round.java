package dev.isogloss.plan;

/// The round of a run that a step belongs to, and for which of its models.
///
/// @param model   as tables call it: its name, and the target where targets are learnt separately
/// @param number  counted from 1; 0 is the training before the first one, in a strategy that has one
/// @param isFinal whether the model ends as this round leaves it: it is the last one, and no earlier one may be chosen
public record Round(String model, int number, boolean isFinal) {

    public Round {
        if (model.isBlank()) throw new IllegalArgumentException("a round needs the name of its model");
        if (number < 0) throw new IllegalArgumentException("there is no round " + number);
    }
}
