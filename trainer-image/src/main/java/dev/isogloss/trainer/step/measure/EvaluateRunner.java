package dev.isogloss.trainer.step.measure;

import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.inputs.CutWords;
import dev.isogloss.trainer.step.inputs.LabelledData;
import dev.isogloss.trainer.step.inputs.OverlapCounts;
import dev.isogloss.trainer.step.inputs.RejectedTraining;
import dev.isogloss.trainer.step.inputs.TrainingTexts;
import dev.isogloss.trainer.step.inputs.UnreadTexts;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One model on all asked languages and splits; every example's prediction is kept.
public record EvaluateRunner(EvaluateStep spec, StepInputs inputs) {

    public StepResult run() throws IOException {
        Optional<StepResult> linked = RejectedTraining.predictions(spec.model(), this::on, inputs);
        return linked.isPresent() ? linked.get() : evaluate();
    }

    private EvaluateStep on(StepKey model) {
        return new EvaluateStep(
                spec.revision(),
                model,
                spec.task(),
                spec.data(),
                spec.languages(),
                spec.splits(),
                spec.maxLength(),
                spec.precision());
    }

    private StepResult evaluate() throws IOException {
        Task task = Task.of(spec.task());
        LabelledData data = new LabelledData(spec.data(), spec.task().type(), inputs);
        Model model = inputs.takeModel(spec.model());
        List<Score> scores = new ArrayList<>();
        long examples = 0;
        try (Tokenizer tokenizer = Tokenizer.onDemand(model.tokenizer(), spec.maxLength())) {
            OverlapCounts overlaps = new OverlapCounts(TrainingTexts.splits(spec.model(), inputs), inputs.journal());
            Path folder = inputs.prove().folder().predictions();
            Predictions.begin(folder, model.labels().labels());
            for (String language : spec.languages())
                for (String name : spec.splits()) {
                    inputs.stopIfRequested("before " + name + " of " + language);
                    Split split = data.split(language, name);
                    check(task, split, model.labels());
                    overlaps.count(split);
                    inputs.prove();
                    List<Prediction> predictions = predict(task, model, split, tokenizer);
                    Predictions.write(folder, language, name, predictions);
                    Predictions.writeReport(folder, language, name, task.report(split, predictions, model.labels()));
                    task.scores(split, predictions, model.labels())
                            .forEach((metric, value) ->
                                    scores.add(new Score(language, name, metric, value, split.size())));
                    examples += split.size();
                }
        } finally {
            inputs.giveBack(spec.model(), model);
        }
        inputs.journal().fact(Fact.Examples, examples);
        return inputs.prove().result(scores);
    }

    private void check(Task task, Split split, LabelSet labels) {
        LabelSet.requireLabelled(split, EvaluateStep.UNLABELLED.formatted(split.name()));
        labels.require(split);
        if (!task.type().metrics().contains(Metric.MacroF1)) return;
        labels.differences(List.of(split)).forEach(note -> inputs.journal().note(note + " MacroF1 counts them as 0."));
    }

    private List<Prediction> predict(Task task, Model model, Split split, Tokenizer tokenizer) {
        List<Item> items = inputs.items().items(task, split, model.labels(), tokenizer, spec.maxLength());
        UnreadTexts.note(split, items, tokenizer, inputs.journal());
        long cut = CutWords.note(task, split, items, spec.maxLength(), inputs.journal());
        if (cut > 0) inputs.journal().fact(Fact.CutWords, split.language() + "." + split.name(), cut);
        long started = System.nanoTime();
        List<float[][]> probabilities = Predictor.probabilities(model, items, spec.precision(), done -> inputs.journal()
                .progress(done, items.size(), done / Math.max(1e-9, (System.nanoTime() - started) / 1e9)));
        return task.predictions(split, items, probabilities, model.labels());
    }
}
