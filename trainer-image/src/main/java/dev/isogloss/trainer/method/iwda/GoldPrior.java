package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.task.Item;
import java.util.List;

/// P_T(y) by the target's gold labels: what Oracle weights are made of, on purpose. Nothing else of a target's labels
/// gets to a method.
///
/// @param shares [k]; all 0 where no item is labelled
public record GoldPrior(double[] shares) {

    /// @param labels k
    public static GoldPrior of(List<Item> target, int labels) {
        return new GoldPrior(SourceAndTarget.prior(target, labels));
    }
}
