package dev.isogloss.plan;

/// Which round of a run a step belongs to, and for which of its models.
///
/// @param model  as tables call it: its name, and the target where targets are learnt separately
/// @param number counted from 1
public record Round(String model, int number) {

    /// @throws IllegalArgumentException if `number` is less than 1
    public Round {
        if (number < 1) throw new IllegalArgumentException("rounds are counted from 1, not " + number);
    }
}
