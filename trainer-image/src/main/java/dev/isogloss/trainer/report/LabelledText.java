package dev.isogloss.trainer.report;

import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A text as a model has labelled it.
///
/// @param units      words, or 1 for a text with one label
/// @param loss       mean over its units of −log of the highest probability: the loss by its own labels
/// @param confidence mean over its units of the highest probability
/// @param wrong      units whose label is wrong; −1 where the truth is not known
record LabelledText(int units, double loss, double confidence, int wrong) {

    static LabelledText of(Prediction prediction) {
        List<String> gold = prediction.gold();
        int wrong = gold == null ? -1 : 0;
        if (gold != null)
            for (int i = 0; i < gold.size(); i++)
                if (!gold.get(i).equals(prediction.predicted().get(i))) wrong++;
        return new LabelledText(
                prediction.probabilities().length, prediction.selfLoss(), prediction.confidence(), wrong);
    }

    /// All texts of a split, in their order.
    static List<LabelledText> read(Path predictions, String language, String split) {
        List<LabelledText> texts = new ArrayList<>();
        try (BufferedReader lines = Predictions.open(predictions, language, split)) {
            for (Prediction next = Predictions.next(lines); next != null; next = Predictions.next(lines))
                texts.add(of(next));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
