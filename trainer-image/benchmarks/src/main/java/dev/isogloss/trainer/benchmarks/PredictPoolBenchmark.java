package dev.isogloss.trainer.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Labelling a pool of texts.
@Command(name = "label", description = "Predictions for the texts of a file.")
final class PredictPoolBenchmark implements Runnable {
    private static final int LABELS = 9;

    @Mixin
    private Options options = new Options();

    @Option(names = "--ids", required = true, description = "JSON lines with the token ids of a text under \"ids\".")
    private Path ids = Path.of("");

    @Override
    public void run() {
        StartBenchmark.engine(options);
        List<Item> items = items();
        try (Model model = Random.model(options, LABELS)) {
            double[] milliseconds = new double[options.steps];
            long before = 0;
            for (int i = -1; i < options.steps; i++) {
                if (i == 0) before = Stopwatch.processorTime();
                long started = System.nanoTime();
                Predictor.probabilities(model, items, options.precision(), done -> {});
                if (i >= 0) milliseconds[i] = (System.nanoTime() - started) / 1e6;
            }
            double processor = (Stopwatch.processorTime() - before) / 1e6 / options.steps;
            double fastest = java.util.Arrays.stream(milliseconds).min().orElseThrow();
            BenchmarkRow.print(
                    options,
                    "infer",
                    "fused layer, sorted by length",
                    milliseconds,
                    Map.of(
                            "count",
                            (double) items.size(),
                            "sent_per_s",
                            items.size() / fastest * 1e3,
                            "cpu_ms",
                            processor));
        }
    }

    private List<Item> items() {
        ObjectMapper json = new ObjectMapper();
        List<Item> items = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(ids)) {
                int[] text = json.treeToValue(json.readTree(line).path("ids"), int[].class);
                items.add(new Item(items.size(), text, new int[text.length], new int[] {0}, 0, new int[] {0}));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return items;
    }
}
