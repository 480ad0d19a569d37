package dev.isogloss.trainer.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts of gold label (row) by predicted label (column).
///
/// @param counts one row a gold label, one column a predicted label, in the order of `labels`
public record Confusion(List<String> labels, List<List<Long>> counts) {

    public Confusion {
        int size = labels.size();
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
        if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size))
            throw new IllegalArgumentException("a confusion matrix of " + size + " labels is square");
    }

    /// Counts pairs of label indices.
    ///
    /// @param gold      the gold label of each example
    /// @param predicted its predicted label; as many as `gold`
    public static Confusion of(List<String> labels, int[] gold, int[] predicted) {
        if (gold.length != predicted.length)
            throw new IllegalArgumentException(gold.length + " gold labels and " + predicted.length + " predicted");
        long[][] counts = new long[labels.size()][labels.size()];
        for (int i = 0; i < gold.length; i++) counts[gold[i]][predicted[i]]++;
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : counts) rows.add(java.util.Arrays.stream(row).boxed().toList());
        return new Confusion(labels, rows);
    }

    public long count(int gold, int predicted) {
        return counts.get(gold).get(predicted);
    }

    /// The number of examples.
    public long total() {
        return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }

    /// The share of examples on the diagonal; 0 without examples.
    public double accuracy() {
        long right = 0;
        for (int i = 0; i < labels.size(); i++) right += count(i, i);
        return total() == 0 ? 0 : (double) right / total();
    }

    /// The unweighted mean of the classes' F1. A class without gold and predicted examples counts with F1 = 0.
    public double macroF1() {
        return perClass().values().stream().mapToDouble(Agreement::f1).average().orElse(0);
    }

    /// Precision, recall, F1 and support of each label.
    public Map<String, Agreement> perClass() {
        Map<String, Agreement> classes = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            long predicted = 0;
            for (int j = 0; j < labels.size(); j++) predicted += count(j, i);
            long gold = counts.get(i).stream().mapToLong(Long::longValue).sum();
            classes.put(labels.get(i), new Agreement(count(i, i), predicted, gold));
        }
        return Collections.unmodifiableMap(classes);
    }
}
