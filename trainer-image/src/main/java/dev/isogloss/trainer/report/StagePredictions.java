package dev.isogloss.trainer.report;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.metric.Agreement;
import dev.isogloss.trainer.metric.SpanF1;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The predictions that evaluations of a stage left in a store, as a system to compare.
public final class StagePredictions {
    private StagePredictions() {}

    /// @param stage null: the last that is measured
    /// @throws InvalidInput if there is no such stage, or it was not measured yet
    public static ComparedSystem read(Plan plan, @Nullable String stage, String split, Store store) {
        Map<String, List<PlannedStep>> stages = measured(plan, store);
        if (stages.isEmpty())
            throw new InvalidInput("%s has no scores in the store %s yet. Run it first: isogloss run FILE."
                    .formatted(plan.name(), store.address()));
        String wanted = stage == null ? List.copyOf(stages.keySet()).getLast() : stage;
        List<PlannedStep> steps = stages.get(wanted);
        if (steps == null)
            throw new InvalidInput("%s has no measured stage \"%s\". It has %s."
                    .formatted(plan.name(), wanted, String.join(", ", stages.keySet())));
        Map<Long, Map<String, List<Outcome>>> outcomes = new TreeMap<>();
        Metric metric = Metric.Accuracy;
        for (PlannedStep step : steps) {
            StepResult result = store.result(step.key()).orElseThrow();
            metric = result.scores().getFirst().metric();
            Map<String, List<Outcome>> languages =
                    outcomes.computeIfAbsent(step.seed() == null ? -1L : step.seed(), _ -> new TreeMap<>());
            for (Score score : result.scores())
                if (!languages.containsKey(score.language()))
                    languages.put(
                            score.language(), outcomes(store.predictions(step.key()), score.language(), split, metric));
        }
        return new ComparedSystem(plan.name() + " " + wanted, metric, outcomes);
    }

    private static Map<String, List<PlannedStep>> measured(Plan plan, Store store) {
        Map<String, List<PlannedStep>> stages = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps())
            if (store.result(step.key())
                    .filter(result -> !result.scores().isEmpty())
                    .isPresent())
                for (String stage : step.stages())
                    stages.computeIfAbsent(stage, _ -> new ArrayList<>()).add(step);
        return stages;
    }

    /// In the examples' order; empty where the split was not measured.
    private static List<Outcome> outcomes(Path folder, String language, String split, Metric metric) {
        if (!Files.exists(Predictions.file(folder, language, split))) return List.of();
        List<Outcome> outcomes = new ArrayList<>();
        try (BufferedReader lines = Predictions.open(folder, language, split)) {
            for (Prediction next = Predictions.next(lines); next != null; next = Predictions.next(lines))
                outcomes.add(outcome(next, metric));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return outcomes;
    }

    /// Labels are few and examples many, hence one string for each label.
    private static Outcome outcome(Prediction prediction, Metric metric) {
        List<String> gold = prediction.gold() == null
                ? null
                : prediction.gold().stream().map(String::intern).toList();
        Agreement agreement = agreement(gold == null ? List.of() : gold, prediction.predicted(), metric);
        return new Outcome(
                prediction.id(), gold, 2.0 * agreement.correct(), (double) agreement.predicted() + agreement.gold());
    }

    /// Accuracy is F1 over units that are all predicted and all gold.
    private static Agreement agreement(List<String> gold, List<String> predicted, Metric metric) {
        return switch (metric) {
            case SpanF1 -> SpanF1.of(List.of(gold), List.of(predicted)).micro();
            case Accuracy, MacroF1, LabelledAttachment, UnlabelledAttachment -> {
                int correct = 0;
                for (int i = 0; i < gold.size(); i++) if (gold.get(i).equals(predicted.get(i))) correct++;
                yield new Agreement(correct, gold.size(), gold.size());
            }
        };
    }
}
