package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.iwda.ImportanceWeightedAlignment;
import dev.isogloss.trainer.method.iwda.SourceAndTarget;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// One update of importance-weighted alignment: both languages forward, critic, penalty, weights, one gradient, three
/// optimisers. The first estimate of the weights comes before the clock starts.
@Command(name = "iwda", description = "An update of the stage iwda, on texts of three classes.")
final class IwdaBenchmark implements Runnable {
    private static final int LABELS = 3;

    @Mixin
    private Options options = new Options();

    @Override
    public void run() {
        StartBenchmark.engine(options);
        int texts = (options.warmup + options.steps) * options.batch;
        List<Item> all = Random.items(2 * texts, options, LABELS);
        SourceAndTarget data =
                new SourceAndTarget(all.subList(0, texts), new UnlabelledItems(all.subList(texts, 2 * texts)), LABELS);
        Iwda given = SettingsReader.of(
                Iwda.class, "{epochs: 1, initialExamples: %d, batchSize: %1$d}".formatted(options.batch));
        Iwda settings = given.resolved(TaskType.SequenceClassification, given.selection());
        try (Model model = Random.model(options, LABELS)) {
            model.compact(Stream.concat(data.source().stream(), data.target().stream())
                    .toList());
            model.encoder().recompute(options.recompute);
            try (var method = new ImportanceWeightedAlignment(model, data, settings, options.precision(), 1)) {
                Stopwatch stopwatch = Stopwatch.of(method, options);
                Map<String, Double> told = new TreeMap<>(stopwatch.means());
                told.putAll(options.lengths().told(all.size()));
                BenchmarkRow.print(
                        options,
                        "iwda_step",
                        "fused layer, compact words, closed form of the penalty",
                        stopwatch.timed(),
                        told);
            }
        }
    }
}
