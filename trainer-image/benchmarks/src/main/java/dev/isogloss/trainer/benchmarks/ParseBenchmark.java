package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.Parser;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.BiaffineHead;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One update of a biaffine parser: every word's head among all words of its sentence, and its relation.
@Command(name = "parse", description = "A fine-tuning update of a dependency parser, three words of four tokens.")
final class ParseBenchmark implements Runnable {
    /// The universal relations.
    private static final int RELATIONS = 37;

    @Mixin
    private Options options = new Options();

    @Option(names = "--tuned", description = "Ignored: the other side scores relations as ours does, by two products.")
    private boolean tuned;

    @Override
    public void run() {
        StartBenchmark.engine(options);
        List<Item> items = sentences((options.warmup + options.steps) * options.batch);
        FineTune settings = SettingsReader.of(FineTune.class, "{epochs: 1, batchSize: %d}".formatted(options.batch));
        try (Model model = parser()) {
            model.compact(items);
            model.encoder().recompute(options.recompute);
            FineTuning method = new FineTuning(model, items, settings, options.precision(), 1);
            Stopwatch stopwatch = Stopwatch.of(method, options);
            Map<String, Double> told = new TreeMap<>(stopwatch.means());
            told.putAll(options.lengths()
                    .told(items.size(), options.batch, settings.training().batchOrder()));
            BenchmarkRow.print(options, "parse_step", "fused layer, compact words", stopwatch.timed(), told);
        }
    }

    private Model parser() {
        return Model.fresh(
                Encoder.fresh(options.shape.config(), RandomStream.of(1, "encoder")),
                new BiaffineHead(true, Parser.DEFAULT),
                new LabelSet(IntStream.range(0, RELATIONS)
                        .mapToObj(Integer::toString)
                        .toList()),
                "{}",
                RandomStream.of(1, "head"));
    }

    /// Sentences with a random head and relation for every word; each fourth token goes on with the word before it.
    private List<Item> sentences(int count) {
        RandomStream stream = RandomStream.of(7, "texts");
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int[] ids = Arrays.copyOf(
                            Random.ids(options, stream), options.lengths().of(i));
                    int[] words = IntStream.range(1, ids.length - 1)
                            .filter(token -> token % 4 != 0)
                            .toArray();
                    int[] targets = IntStream.range(0, words.length)
                            .map(word -> arc(word + 1, words.length, stream))
                            .toArray();
                    return new Item(i, ids, new int[ids.length], words, 0, targets);
                })
                .toList();
    }

    /// The target of a word: its head, any other word or the root 0, times the number of relations, and a relation.
    private static int arc(int word, int words, RandomStream stream) {
        int head = stream.nextInt(words);
        return (head < word ? head : head + 1) * RELATIONS + stream.nextInt(RELATIONS);
    }
}
