package dev.isogloss.trainer.step.measure;

import static java.util.Objects.requireNonNull;

import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Averages the probabilities that models of several seeds gave, and scores what is then the most probable. No model is
/// loaded.
public final class EnsembleRunner {
    private final EnsembleStep spec;
    private final StepSession bench;
    private final Task task;
    private final LabelledData data;

    public EnsembleRunner(EnsembleStep spec, StepSession bench) {
        this.spec = spec;
        this.bench = bench;
        this.task = Task.of(spec.task());
        this.data = new LabelledData(spec.data(), spec.task().type(), bench);
    }

    public StepResult run() throws IOException {
        LabelSet labels = labels();
        Path own = bench.folder().predictions();
        Files.createDirectories(own);
        Predictions.writeLabels(own, labels.labels());
        List<Score> scores = new ArrayList<>();
        for (String language : spec.languages())
            for (String name : spec.splits()) {
                Split split = data.split(language, name);
                bench.inputsAreSound();
                List<Prediction> mean = mean(language, name, labels);
                Predictions.write(own, language, name, mean);
                Predictions.writeReport(own, language, name, task.report(split, mean, labels));
                task.scores(split, mean, labels)
                        .forEach((metric, value) -> scores.add(new Score(language, name, metric, value, split.size())));
            }
        return bench.result(scores, Map.of("models", (double) spec.evaluations().size()));
    }

    private Path folder(StepKey measured) {
        return bench.context().store().predictions(measured);
    }

    private LabelSet labels() throws IOException {
        LabelSet first = null;
        for (StepKey measured : spec.evaluations()) {
            byte[] json = Files.readAllBytes(folder(measured).resolve("labels.json"));
            LabelSet labels = new LabelSet(List.of(StoreJson.MAPPER.readValue(json, String[].class)));
            if (first != null && !first.equals(labels))
                throw new IllegalStateException(
                        "models of different labels cannot be averaged: " + first + ", " + labels);
            first = labels;
        }
        return requireNonNull(first);
    }

    private List<Prediction> mean(String language, String split, LabelSet labels) throws IOException {
        List<List<Prediction>> all = new ArrayList<>();
        for (StepKey measured : spec.evaluations()) all.add(Predictions.read(folder(measured), language, split));
        List<Prediction> mean = new ArrayList<>();
        for (int i = 0; i < all.getFirst().size(); i++) {
            int at = i;
            mean.add(mean(all.stream().map(each -> each.get(at)).toList(), labels));
        }
        return mean;
    }

    /// Of one example, model by model.
    public static Prediction mean(List<Prediction> each, LabelSet labels) {
        Prediction first = each.getFirst();
        float[][] mean = new float[first.probabilities().length][labels.size()];
        for (Prediction prediction : each) {
            if (!prediction.id().equals(first.id()))
                throw new IllegalStateException(
                        "predictions of %s and %s stand on one line".formatted(first.id(), prediction.id()));
            for (int unit = 0; unit < mean.length; unit++)
                for (int j = 0; j < labels.size(); j++)
                    mean[unit][j] += prediction.probabilities()[unit][j] / each.size();
        }
        List<String> predicted = Arrays.stream(mean)
                .map(unit -> labels.labels().get(Prediction.argmax(unit)))
                .toList();
        return new Prediction(first.id(), first.gold(), predicted, mean);
    }
}
