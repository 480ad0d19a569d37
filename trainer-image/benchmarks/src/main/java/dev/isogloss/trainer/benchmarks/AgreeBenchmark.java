package dev.isogloss.trainer.benchmarks;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A whole step `Agree` over the predictions of two models, which are invented.
@Command(name = "agree", description = "The step Agree on two files of predictions; ours alone.")
final class AgreeBenchmark implements Runnable {
    private static final List<String> LABELS = List.of("contradiction", "entailment", "neutral");
    private static final List<String> TAGS = List.of("B-LOC", "B-ORG", "B-PER", "I-LOC", "I-ORG", "I-PER", "O");
    private static final int WORDS = 10;

    @Mixin
    private Options options = new Options();

    @Option(names = "--folder", required = true, description = "An empty folder for data and store.")
    private Path folder = Path.of("");

    @Option(names = "--examples", description = "Examples of the pool. Default 1,000,000.")
    private int examples = 1_000_000;

    @Option(names = "--tagged", description = "Sentences of ten words with seven tags, not texts with three labels.")
    private boolean tagged;

    @Override
    public void run() {
        try {
            StepOnDisk run = StepOnDisk.of(
                    folder.resolve("data"),
                    tagged
                            ? "task: {type: NamedEntityRecognition}\n  data: {name: invented, format: Conll, location:"
                                    + " {claim: data, path: \"{language}/{split}.txt\"}}"
                            : "task: {type: SequenceClassification}\n  data: {name: invented, format: JsonLines,"
                                    + " location: {claim: data, path: \"{language}/{split}.jsonl\"}}");
            PlannedStep step = run.first(AgreeStep.class, agree -> agree.pool().copies() == null);
            writePool();
            for (StepKey predictions : ((AgreeStep) step.spec()).predictions()) writePredictions(run, predictions);
            long started = System.nanoTime();
            StepResult result = run.run(step, options);
            double[] milliseconds = {(System.nanoTime() - started) / 1e6};
            BenchmarkRow.print(
                    options,
                    tagged ? "agree_tagged" : "agree",
                    "two passes",
                    milliseconds,
                    Map.of(
                            "examples", (double) examples,
                            "agreed", result.facts().get(Fact.Agreed).orElseThrow(),
                            "heap_mb", StepOnDisk.peakHeapMegabytes()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// A sentence in columns is called by the line of its first word.
    private String id(int example) {
        return Integer.toString(1 + example * (tagged ? WORDS + 1 : 1));
    }

    private void writePool() throws IOException {
        if (tagged) {
            Path file = folder.resolve("data/other/train.txt");
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                for (int i = 0; i < examples; i++) {
                    for (int word = 0; word < WORDS; word++) out.write("wort" + (i * 31 + word) % 9973 + " O\n");
                    out.write('\n');
                }
            }
            return;
        }
        Path file = folder.resolve("data/other/train.jsonl");
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < examples; i++)
                out.write(
                        "{\"id\": \"%s\", \"text\": \"a sentence that is number %d of a pool of many\", \"label\": \"%s\"}\n"
                                .formatted(id(i), i, LABELS.get(i % LABELS.size())));
        }
    }

    /// Of a labelling that is done: random probabilities, so that two of them agree on a third of the texts.
    private void writePredictions(StepOnDisk run, StepKey key) throws IOException {
        PlannedStep step = run.plan().steps().stream()
                .filter(planned -> planned.key().equals(key))
                .findFirst()
                .orElseThrow();
        PredictPoolStep spec = (PredictPoolStep) step.spec();
        List<String> labels = tagged ? TAGS : LABELS;
        RandomStream chance = RandomStream.of(1, "predictions " + key.hex());
        StepFolder to = run.store().begin(key, spec);
        Predictions.begin(to.predictions(), labels);
        try (BufferedWriter out = Files.newBufferedWriter(Predictions.file(to.predictions(), "other", spec.split()))) {
            for (int i = 0; i < examples; i++) Predictions.write(out, prediction(id(i), labels, chance));
        }
        Provenance nowhere = new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of(), "cpu", 1, Map.of());
        run.store().commit(new StepResult(key, spec.kind(), List.of(), Facts.of(Fact.Labelled, examples), nowhere));
    }

    private Prediction prediction(String id, List<String> labels, RandomStream chance) {
        float[][] units = new float[tagged ? WORDS : 1][labels.size()];
        List<String> predicted = new ArrayList<>();
        for (float[] unit : units) {
            // one tag is likelier than all others, or hardly two sentences would be alike
            float sum = 0;
            for (int i = 0; i < unit.length; i++)
                sum += unit[i] = (float) chance.nextDouble() + (tagged && i == unit.length - 1 ? 0.9f : 0);
            for (int i = 0; i < unit.length; i++) unit[i] /= sum;
            predicted.add(labels.get(Prediction.argmax(unit)));
        }
        return new Prediction(id, null, List.copyOf(predicted), units);
    }
}
