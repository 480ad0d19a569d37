package dev.isogloss.trainer.method.iwda;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Predictor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over both languages with the model as it comes, without dropout: what [InitialWeights] is made of.
///
/// @param most at most so many examples of each language, drawn from the seed; null: all
record InitialStatistics(
        Model model, Precision precision, @Nullable Integer most, long seed) {

    /// C, [k][k], sum 1: row the most probable label, column the gold one.
    double[][] confusion(List<Item> source) {
        int k = model.labels().size();
        double[][] counts = new double[k][k];
        List<Item> read = some(source, "first pass source");
        List<float[][]> probabilities = Predictor.probabilities(model, read, precision, done -> {});
        double total = 0;
        for (int i = 0; i < read.size(); i++)
            for (int at = 0; at < read.get(i).targets().length; at++) {
                int gold = read.get(i).targets()[at];
                if (gold < 0) continue;
                counts[Prediction.argmax(probabilities.get(i)[at])][gold]++;
                total++;
            }
        for (double[] row : counts) for (int j = 0; j < k; j++) row[j] /= total;
        return counts;
    }

    /// t, [k], sum 1.
    double[] prediction(List<Item> target) {
        double[] counts = new double[model.labels().size()];
        for (float[][] item : Predictor.probabilities(model, some(target, "first pass target"), precision, done -> {}))
            for (float[] unit : item) counts[Prediction.argmax(unit)]++;
        double total = Arrays.stream(counts).sum();
        return Arrays.stream(counts).map(count -> count / total).toArray();
    }

    private List<Item> some(List<Item> items, String stream) {
        if (most == null || most >= items.size()) return items;
        int[] order = RandomStream.of(seed, stream).permutation(items.size());
        return Arrays.stream(order, 0, most).sorted().mapToObj(items::get).toList();
    }
}
