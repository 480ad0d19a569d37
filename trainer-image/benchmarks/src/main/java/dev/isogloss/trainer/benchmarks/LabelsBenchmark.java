package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.FineTune;
import dev.isogloss.api.LabelAlignment;
import dev.isogloss.planner.Settings;
import dev.isogloss.trainer.method.FineTuning;
import dev.isogloss.trainer.method.language.LabelAligning;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// One update of language adaptation's first phase: cross-entropy and label alignment.
@Command(name = "labels", description = "An update of the stage languageAdaptation, first phase: label alignment.")
final class LabelsBenchmark implements Runnable {
    private static final int LABELS = 3;

    @Mixin
    private Options options = new Options();

    @Override
    public void run() {
        Start.engine(options);
        List<Item> items = Random.items((options.warmup + options.steps) * options.batch, options, LABELS);
        FineTune settings = Settings.of(FineTune.class, "{epochs: 1, batchSize: %d}".formatted(options.batch));
        LabelAlignment alignment = new LabelAlignment(LabelAlignment.On.Both, 0.5, 0.3);
        try (Model model = Random.model(options, LABELS)) {
            model.compact(items);
            model.encoder().recompute(options.recompute);
            FineTuning method = new FineTuning(
                    model, items, settings, options.precision(), 1, new LabelAligning(alignment, items.size() / 2));
            Stopwatch stopwatch = Stopwatch.of(method, options);
            Row.print(
                    options,
                    "label_alignment_step",
                    "fused layer, compact words",
                    stopwatch.timed(),
                    stopwatch.processor());
        }
    }
}
