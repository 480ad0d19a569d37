package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.method.robust.EarLoss;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// One update of EAR: texts and copies forward, embeddings pushed, the attention of a layer in the middle pulled.
@Command(name = "ear", description = "An update of the stage ear, on texts of three classes and a copy of each.")
final class EarBenchmark implements Runnable {
    private static final int LABELS = 3;

    @Mixin
    private Options options = new Options();

    @Override
    public void run() {
        StartBenchmark.engine(options);
        int texts = (options.warmup + options.steps) * options.batch;
        List<Item> all = Random.items(2 * texts, options, LABELS);
        List<Item> items = all.subList(0, texts);
        List<Item> copies = all.subList(texts, 2 * texts);
        FineTune settings = SettingsReader.of(FineTune.class, "{epochs: 1, batchSize: %d}".formatted(options.batch));
        Ear ear = SettingsReader.of(
                        Ear.class,
                        "{layer: %d}".formatted(options.shape.config().layers() / 2))
                .resolved();
        try (Model model = Random.model(options, LABELS)) {
            model.compact(Stream.concat(items.stream(), copies.stream()).toList());
            model.encoder().recompute(options.recompute);
            SupervisedLoss head = SupervisedLoss.of(model, settings, options.precision(), 0);
            FineTuning method = new FineTuning(
                    model, List.of(items), settings, options.precision(), 1, new EarLoss(ear, copies, head, 1));
            Stopwatch stopwatch = Stopwatch.of(method, options);
            Map<String, Double> told = new TreeMap<>(stopwatch.means());
            told.putAll(options.lengths().told(all.size()));
            BenchmarkRow.print(options, "ear_step", "fused layers but one, compact words", stopwatch.timed(), told);
        }
    }
}
