package dev.isogloss.trainer.step.measure;

import static java.util.Objects.requireNonNull;

import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Averages the probabilities that models of several seeds gave, and scores what is then the most probable. No model is
/// loaded.
public record EnsembleRunner(EnsembleStep spec, StepInputs inputs) {

    public StepResult run() throws IOException {
        Task task = Task.of(spec.task());
        LabelledData data = new LabelledData(spec.data(), spec.task().type(), inputs);
        LabelSet labels = labels();
        Path own = inputs.prove().folder().predictions();
        Predictions.begin(own, labels.labels());
        List<Score> scores = new ArrayList<>();
        for (String language : spec.languages())
            for (String name : spec.splits()) {
                Split split = data.split(language, name);
                inputs.prove();
                List<Prediction> mean = mean(language, name, labels);
                Predictions.write(own, language, name, mean);
                Predictions.writeReport(own, language, name, task.report(split, mean, labels));
                task.scores(split, mean, labels)
                        .forEach((metric, value) -> scores.add(new Score(language, name, metric, value, split.size())));
            }
        inputs.journal().fact(Fact.Models, spec.evaluations().size());
        return inputs.prove().result(scores);
    }

    private Path folder(StepKey measured) {
        return inputs.predictions(measured);
    }

    private LabelSet labels() throws IOException {
        LabelSet first = null;
        for (StepKey measured : spec.evaluations()) {
            LabelSet labels = new LabelSet(Predictions.labels(folder(measured)));
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
