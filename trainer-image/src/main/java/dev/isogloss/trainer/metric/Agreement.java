package dev.isogloss.trainer.metric;

/// Counts of what was predicted, what is gold, and what is both.
///
/// @param correct   predicted and gold
/// @param predicted predicted at all
/// @param gold      in the gold answer: the support
public record Agreement(long correct, long predicted, long gold) {

    public Agreement {
        if (correct < 0 || correct > predicted || correct > gold)
            throw new IllegalArgumentException(
                    "%d correct of %d predicted and %d gold".formatted(correct, predicted, gold));
    }

    /// correct / predicted; 0 when nothing was predicted.
    public double precision() {
        return predicted == 0 ? 0 : (double) correct / predicted;
    }

    /// correct / gold; 0 when there was nothing to find.
    public double recall() {
        return gold == 0 ? 0 : (double) correct / gold;
    }

    /// The harmonic mean of precision and recall, 2·correct / (predicted + gold); 0 when there is neither (a class
    /// that is absent from gold and predictions counts as 0, as in scikit-learn, not as left out).
    public double f1() {
        return predicted + gold == 0 ? 0 : 2.0 * correct / (predicted + gold);
    }

    public Agreement plus(Agreement other) {
        return new Agreement(correct + other.correct, predicted + other.predicted, gold + other.gold);
    }
}
