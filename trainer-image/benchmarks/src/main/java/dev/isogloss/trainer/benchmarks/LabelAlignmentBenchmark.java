package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LabelAlignment;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.method.language.LabelAlignmentLoss;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// One update of language adaptation's first phase: cross-entropy and label alignment.
@Command(name = "labels", description = "An update of the stage languageAdaptation, first phase: label alignment.")
final class LabelAlignmentBenchmark implements Runnable {
    private static final int LABELS = 3;

    @Mixin
    private Options options = new Options();

    @Override
    public void run() {
        StartBenchmark.engine(options);
        List<Item> items = Random.items((options.warmup + options.steps) * options.batch, options, LABELS);
        FineTune settings = SettingsReader.of(FineTune.class, "{epochs: 1, batchSize: %d}".formatted(options.batch));
        LabelAlignment alignment = new LabelAlignment(LabelAlignment.AlignedTexts.Both, 0.5, 0.3);
        try (Model model = Random.model(options, LABELS)) {
            model.compact(items);
            model.encoder().recompute(options.recompute);
            FineTuning method = new FineTuning(
                    model,
                    List.of(items),
                    settings,
                    options.precision(),
                    1,
                    new LabelAlignmentLoss(alignment, items.size() / 2));
            Stopwatch stopwatch = Stopwatch.of(method, options);
            Map<String, Double> told = new TreeMap<>(stopwatch.means());
            told.putAll(options.lengths().told(items.size()));
            BenchmarkRow.print(options, "label_alignment_step", "fused layer, compact words", stopwatch.timed(), told);
        }
    }
}
