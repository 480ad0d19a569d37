package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.method.TrainingSettings;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One fine-tuning update as the trainer does it: batch, forward, gradient, clipping, AdamW.
@Command(name = "step", description = "A fine-tuning update of a sequence classifier.")
final class StepBenchmark implements Runnable {
    private static final int LABELS = 3;

    @Mixin
    private Options options = new Options();

    @Option(names = "--order", description = "Random or LengthBuckets (default): which texts share a batch.")
    private BatchOrder order = BatchOrder.LengthBuckets;

    @Override
    public void run() {
        StartBenchmark.engine(options);
        int updates = options.warmup + options.steps;
        List<Item> items = Random.items(updates * options.batch, options, LABELS);
        FineTune settings = new FineTune(
                null,
                new TrainingSettings(1, null, options.batch, 0.1, order, Random.optimiser()),
                1,
                1e-4,
                0,
                0,
                FineTune.PenaltyOver.Labels,
                null,
                FineTune.Sources.Mixed,
                null,
                false,
                0,
                null,
                new Selection(Selection.Keep.Last, null, "dev", null, 0),
                null);
        try (Model model = Random.model(options, LABELS)) {
            Map<String, Double> told = new TreeMap<>(options.lengths().told(items.size(), options.batch, order));
            told.put("rows", (double) model.compact(items).rows());
            model.encoder().recompute(options.recompute);
            FineTuning method = new FineTuning(model, items, settings, options.precision(), 1);
            Stopwatch stopwatch = Stopwatch.of(method, options);
            told.putAll(stopwatch.means());
            BenchmarkRow.print(options, "finetune_step", "fused layer, compact words", stopwatch.timed(), told);
        }
    }
}
