package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.api.method.SemanticAlignment;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod;
import dev.isogloss.trainer.method.language.SemanticAlignmentMethod.Translated;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One update of language adaptation's second phase: a text, its b translations and b texts of other classes.
@Command(name = "semantic", description = "An update of languageAdaptation, second phase: semantic alignment.")
final class SemanticAlignmentBenchmark implements Runnable {
    private static final int LABELS = 3;

    @Mixin
    private Options options = new Options();

    @Option(names = "--translations", description = "b, the translations of the text of an update. Default 4.")
    private int translations = 4;

    @Override
    public void run() {
        StartBenchmark.engine(options);
        int texts = options.warmup + options.steps;
        int each = 1 + translations;
        options.batch = 2 * translations + 1;
        List<Item> items = Random.items(texts * each, options, LABELS);
        List<Translated> translated = IntStream.range(0, texts)
                .mapToObj(i -> new Translated(items.get(i * each), items.subList(i * each + 1, (i + 1) * each)))
                .toList();
        try (Model model = Random.model(options, LABELS)) {
            model.compact(items);
            model.encoder().recompute(options.recompute);
            SemanticAlignmentMethod method = new SemanticAlignmentMethod(
                    model,
                    translated,
                    new SemanticAlignment(1, 1e-5, 0.5, 0.3, 1),
                    new Optimiser(0.01, 0.9, 0.999, 1e-8, 0, Schedule.Linear, 0),
                    0.1,
                    options.precision(),
                    1);
            Stopwatch stopwatch = Stopwatch.of(method, options);
            Map<String, Double> told = new TreeMap<>(stopwatch.means());
            told.putAll(options.lengths().told(items.size()));
            BenchmarkRow.print(
                    options, "semantic_alignment_step", "fused layer, compact words", stopwatch.timed(), told);
        }
    }
}
