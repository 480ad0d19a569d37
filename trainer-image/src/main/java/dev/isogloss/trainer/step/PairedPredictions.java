package dev.isogloss.trainer.step;

import dev.isogloss.api.task.Metric;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.trainer.metric.Agreement;
import dev.isogloss.trainer.metric.Attachment;
import dev.isogloss.trainer.metric.SpanF1;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Predictions as a comparison of two systems sees them: each example's share of the score.
public final class PairedPredictions {
    private PairedPredictions() {}

    /// In the examples' order; empty where the split was not measured.
    ///
    /// @param folder of an evaluation's predictions
    public static List<Outcome> outcomes(Path folder, String language, String split, Metric metric) {
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
        Agreement agreement = agreement(gold == null ? List.of() : gold, prediction, metric);
        return new Outcome(
                prediction.id(), gold, 2.0 * agreement.correct(), (double) agreement.predicted() + agreement.gold());
    }

    /// Accuracy is F1 over units that are all predicted and all gold.
    private static Agreement agreement(List<String> gold, Prediction prediction, Metric metric) {
        List<String> predicted = prediction.predicted();
        return switch (metric) {
            case SpanF1 -> SpanF1.of(List.of(gold), List.of(predicted)).micro();
            case LabelledAttachment, UnlabelledAttachment -> {
                Attachment words = Attachment.of(gold, predicted, prediction.counted());
                long right = metric == Metric.LabelledAttachment ? words.labelled() : words.attached();
                yield new Agreement(right, words.words(), words.words());
            }
            case Accuracy, MacroF1 -> {
                int correct = 0;
                for (int i = 0; i < gold.size(); i++) if (gold.get(i).equals(predicted.get(i))) correct++;
                yield new Agreement(correct, gold.size(), gold.size());
            }
        };
    }
}
