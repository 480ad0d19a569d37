package dev.isogloss.trainer.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The prediction of a model for one example: one unit for a sequence, one a word for a sentence.
///
/// @param gold          the right labels; null where the data has none
/// @param predicted     the most probable labels
/// @param probabilities [units][labels], labels in the model's order; of trees [words][1], that of the predicted arc
/// @param counted       whether each unit counts in scores; null if all do
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Prediction(
        String id,
        @Nullable List<String> gold,
        List<String> predicted,
        float[][] probabilities,
        @Nullable List<Boolean> counted) {

    public Prediction(String id, @Nullable List<String> gold, List<String> predicted, float[][] probabilities) {
        this(id, gold, predicted, probabilities, null);
    }

    /// Whether a unit counts in scores.
    boolean counts(int unit) {
        return counted == null || counted.get(unit);
    }

    /// The probability of the predicted label, averaged over the units.
    public double confidence() {
        return confidence(probabilities);
    }

    /// The highest probability of each unit, averaged; 0 where there is none.
    public static double confidence(float[][] units) {
        double sum = 0;
        for (float[] unit : units) sum += unit[argmax(unit)];
        return units.length == 0 ? 0 : sum / units.length;
    }

    /// Cross-entropy with its own most probable labels: −log of the highest probability of each unit, averaged.
    public double selfLoss() {
        double sum = 0;
        for (float[] unit : probabilities) sum -= Math.log(unit[argmax(unit)]);
        return probabilities.length == 0 ? 0 : sum / probabilities.length;
    }

    /// The first of the greatest values.
    public static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
        return best;
    }
}
