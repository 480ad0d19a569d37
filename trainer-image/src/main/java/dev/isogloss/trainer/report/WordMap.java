package dev.isogloss.trainer.report;

import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.statistics.TSne;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.task.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Words in the plane, by the probabilities that a model gives their labels: t-SNE of their logarithms, in groups
/// by the right label (Bari et al. 2021, figure 3). Logarithms of probabilities are the paper's logits but for a
/// constant a word.
final class WordMap {
    private static final int STEPS = 1000;

    /// Fewer words are no map.
    private static final int FEWEST = 10;

    /// Instead of the logarithm of a probability of 0.
    private static final double LEAST = 1e-12;

    private WordMap() {}

    /// @param predictions of one model, with the right labels
    /// @param most        words that are shown, drawn evenly over labels
    /// @return by label; empty where there are too few words
    static List<Group> of(Path predictions, String language, String split, int most) {
        Map<String, List<double[]>> words = words(predictions, language, split);
        Map<String, List<double[]>> drawn = evenly(words, most);
        double[][] all = drawn.values().stream().flatMap(List::stream).toArray(double[][]::new);
        if (all.length < FEWEST) return List.of();
        double[][] points =
                TSne.fromOneStart(all, TSne.perplexity(all.length), STEPS).points();
        List<Group> groups = new ArrayList<>();
        int from = 0;
        for (Map.Entry<String, List<double[]>> label : drawn.entrySet()) {
            int to = from + label.getValue().size();
            groups.add(new Group(label.getKey(), List.of(Arrays.copyOfRange(points, from, to))));
            from = to;
        }
        return groups;
    }

    /// Log-probabilities of the words of each label.
    private static Map<String, List<double[]>> words(Path predictions, String language, String split) {
        Map<String, List<double[]>> words = new TreeMap<>();
        try (BufferedReader lines = Predictions.open(predictions, language, split)) {
            for (Prediction next = Predictions.next(lines); next != null; next = Predictions.next(lines)) {
                List<String> gold = next.gold();
                if (gold == null) continue;
                for (int i = 0; i < gold.size(); i++)
                    words.computeIfAbsent(gold.get(i), _ -> new ArrayList<>()).add(logarithms(next.probabilities()[i]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private static double[] logarithms(float[] probabilities) {
        double[] logarithms = new double[probabilities.length];
        for (int i = 0; i < logarithms.length; i++) logarithms[i] = Math.log(Math.max(LEAST, probabilities[i]));
        return logarithms;
    }

    /// As many words of each label, as far as there are; what a rare label leaves over is shared by the others.
    /// The same places are drawn from every model's predictions of the same data.
    static Map<String, List<double[]>> evenly(Map<String, List<double[]>> words, int most) {
        List<Map.Entry<String, List<double[]>>> rareFirst = words.entrySet().stream()
                .sorted(Comparator.comparingInt(label -> label.getValue().size()))
                .toList();
        Map<String, List<double[]>> drawn = new TreeMap<>();
        int left = most;
        for (int i = 0; i < rareFirst.size(); i++) {
            String label = rareFirst.get(i).getKey();
            List<double[]> its = rareFirst.get(i).getValue();
            int count = Math.min(its.size(), left / (rareFirst.size() - i));
            left -= count;
            int[] places = RandomStream.of(1, "words " + label).distinct(its.size(), count);
            Arrays.sort(places);
            drawn.put(label, Arrays.stream(places).mapToObj(its::get).toList());
        }
        drawn.values().removeIf(List::isEmpty);
        return drawn;
    }
}
