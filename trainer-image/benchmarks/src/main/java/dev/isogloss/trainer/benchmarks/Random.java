package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Models and texts of random numbers: time does not depend on what they say.
final class Random {
    /// Special tokens come first in every vocabulary.
    private static final int FIRST_WORD = 5;

    private Random() {}

    static Model model(Options options, int labels) {
        return Model.fresh(
                Encoder.fresh(options.shape.config(), RandomStream.of(1, "encoder")),
                new ClassifierHead(Head.Pooled, false),
                new LabelSet(
                        IntStream.range(0, labels).mapToObj(Integer::toString).toList()),
                "{}",
                RandomStream.of(1, "head"));
    }

    /// Texts with one label each.
    static List<Item> items(int count, Options options, int labels) {
        RandomStream stream = RandomStream.of(7, "texts");
        Lengths lengths = options.lengths();
        return IntStream.range(0, count)
                .mapToObj(i -> item(i, Arrays.copyOf(ids(options, stream), lengths.of(i)), stream.nextInt(labels)))
                .toList();
    }

    private static Item item(int i, int[] ids, int label) {
        return new Item(i, ids, new int[ids.length], new int[] {0}, 0, new int[] {label});
    }

    static int[] ids(Options options, RandomStream stream) {
        int words = options.shape.config().vocabularySize() - FIRST_WORD;
        return IntStream.range(0, options.sequence)
                .map(i -> FIRST_WORD + stream.nextInt(words))
                .toArray();
    }

    static Optimiser optimiser() {
        return new Optimiser(0.01, 0.9, 0.999, 1e-8, 1, Schedule.Constant, 0);
    }
}
