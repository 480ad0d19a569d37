package dev.isogloss.plan;

/// Which round of a run a step belongs to, and for which of its models.
///
/// @param model  as tables call it: its name, and the target where targets are learnt separately
/// @param number counted from 1
public record Round(String model, int number) {

    public Round {
        if (model.isBlank()) throw new IllegalArgumentException("a round needs the name of its model");
        if (number < 1) throw new IllegalArgumentException("rounds are counted from 1, not " + number);
    }
}
