package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Metric;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.ClassifierHead;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A whole fine-tuning: load, read, tokenise, train, score on dev.
@Command(name = "finetune", description = "A whole fine-tuning on a dataset, from files to the dev accuracy.")
final class FinetuneBenchmark implements Runnable {
    @Mixin
    private Options options = new Options();

    @Option(names = "--encoder", required = true, description = "Folder of an encoder.")
    private Path encoder = Path.of("");

    @Option(names = "--data", required = true, description = "Folder with train.jsonl and dev.jsonl (text, label).")
    private Path data = Path.of("");

    @Option(names = "--epochs", description = "Passes over the training data. Default 2.")
    private double epochs = 2;

    @Option(names = "--rate", description = "Highest learning rate. Default 5e-4.")
    private double rate = 5e-4;

    @Option(names = "--tuned", description = "Ignored: there is nothing to switch on. The other side groups by length.")
    private boolean tuned;

    @Override
    public void run() {
        StartBenchmark.engine(options);
        long started = System.nanoTime();
        Split train = split("train");
        Split dev = split("dev");
        LabelSet labels = LabelSet.of(null, train);
        Task task = Task.of(new TaskSpec(TaskType.SequenceClassification, null, null, false));
        try (Model model = model(labels);
                Tokenizer tokenizer = Tokenizer.of(model.tokenizer(), options.sequence)) {
            List<Item> items = task.items(train, labels, tokenizer, options.sequence);
            List<Item> devItems = task.items(dev, labels, tokenizer, options.sequence);
            var words = model.compact(
                    Stream.concat(items.stream(), devItems.stream()).toList());
            FineTune settings = SettingsReader.of(
                    FineTune.class,
                    String.format(
                            Locale.ROOT,
                            "{epochs: %s, learningRate: %s, batchSize: %d, optimiser: {clipNorm: 1}}",
                            epochs,
                            rate,
                            options.batch));
            new Training(
                            new FineTuning(model, items, settings, options.precision(), 1),
                            null,
                            new Checkpoints(Files.createTempDirectory("isogloss-benchmark")),
                            Duration.ofDays(1),
                            0,
                            new Stopwatch(0))
                    .run();
            var probabilities = Predictor.probabilities(model, devItems, options.precision(), done -> {});
            double accuracy = task.scores(dev, task.predictions(dev, devItems, probabilities, labels), labels)
                    .getOrDefault(Metric.Accuracy, Double.NaN);
            double[] milliseconds = {(System.nanoTime() - started) / 1e6};
            BenchmarkRow.print(
                    options,
                    "finetune",
                    "length buckets, fused layer, compact words",
                    milliseconds,
                    Map.of("accuracy", accuracy, "rows", (double) words.rows()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Model model(LabelSet labels) {
        try (Scope scope = Scope.open()) {
            return Model.fresh(
                    ModelFolder.read(InputFolder.anywhere(encoder)).encoder(),
                    new ClassifierHead(Head.Pooled, false),
                    labels,
                    ModelFolder.tokenizerJson(InputFolder.anywhere(encoder)),
                    RandomStream.of(1, "head"));
        }
    }

    private Split split(String name) {
        DatasetIdentity identity = new DatasetIdentity(
                "benchmark", "1", DataFormat.JsonLines, new Fields("text", null, "label", "id"), Map.of(), null);
        return DatasetReader.read(
                identity,
                InputFolder.anywhere(data).file(name + ".jsonl"),
                "any",
                name,
                TaskType.SequenceClassification);
    }
}
