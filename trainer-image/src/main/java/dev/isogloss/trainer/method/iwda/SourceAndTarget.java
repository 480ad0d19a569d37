package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.UnlabelledItems;
import java.util.Arrays;
import java.util.List;

/// The data of an alignment.
///
/// @param source labelled
/// @param labels k
public record SourceAndTarget(List<Item> source, UnlabelledItems target, int labels) {

    /// P_S(y), [k]: over the labelled texts, or the labelled first sub-words.
    public double[] sourcePrior() {
        return prior(source, labels);
    }

    /// Predictions to make: texts, or words.
    static long predictions(List<Item> items) {
        return items.stream().mapToLong(item -> item.positions().length).sum();
    }

    /// The share of each label among those that the items have, [k]; all 0 where they have none.
    public static double[] prior(List<Item> items, int labels) {
        double[] counts = new double[labels];
        items.stream()
                .flatMapToInt(item -> Arrays.stream(item.targets()))
                .filter(target -> target >= 0)
                .forEach(target -> counts[target]++);
        double total = Arrays.stream(counts).sum();
        return total == 0
                ? counts
                : Arrays.stream(counts).map(count -> count / total).toArray();
    }
}
