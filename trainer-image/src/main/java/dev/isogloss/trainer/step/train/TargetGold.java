package dev.isogloss.trainer.step.train;

import static java.util.Objects.requireNonNull;

import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.trainer.method.iwda.GoldPrior;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.UnlabelledItems;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The gold labels of a target, as far as its file has them. Methods are handed [#texts], which have none; these are
/// counted where the manifest asks for it (Oracle weights), and afterwards, to say what a method achieved without them.
record TargetGold(List<Item> items, int labels) {

    UnlabelledItems texts() {
        return new UnlabelledItems(items);
    }

    GoldPrior prior() {
        return GoldPrior.of(items, labels);
    }

    boolean isKnown() {
        return Arrays.stream(prior().shares()).sum() > 0;
    }

    /// The number of texts that a method labelled, and of their rightly labelled units where the truth is known.
    Facts pseudoLabels(List<Item> learnt) {
        Map<Long, Item> gold = new TreeMap<>();
        items.forEach(item -> gold.put(place(item), item));
        long right = 0;
        long known = 0;
        for (Item item : learnt) {
            int[] truth = requireNonNull(gold.get(place(item))).targets();
            for (int unit = 0; unit < truth.length; unit++) {
                if (truth[unit] < 0) continue;
                known++;
                if (truth[unit] == item.targets()[unit]) right++;
            }
        }
        return Facts.of(Fact.PseudoLabelled, learnt.size()).with(Fact.PseudoLabelAccuracy, (double) right / known);
    }

    private static long place(Item item) {
        return ((long) item.example() << 32) | item.first();
    }
}
