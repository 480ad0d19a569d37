package dev.isogloss.trainer.analysis;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Features of the last layer, unit by unit: of texts all, of words the first thousand of each class.
///
/// @param rows    by pooling, in the order of the data: [n][d]
/// @param classes of the units, [n]
public record LastFeatures(Map<String, List<double[]>> rows, List<Integer> classes) {
    private static final int BATCH = 32;
    static final int MOST = 1000;

    /// @param items labelled
    public static LastFeatures of(Model model, List<Item> items, Precision precision) {
        Map<String, List<double[]>> rows = new LinkedHashMap<>();
        for (String pooling : ClassMeans.poolings(model)) rows.put(pooling, new ArrayList<>());
        LastFeatures features = new LastFeatures(rows, new ArrayList<>());
        int[] counts = new int[model.labels().size()];
        for (int from = 0; from < items.size(); from += BATCH)
            features.add(model, items.subList(from, Math.min(items.size(), from + BATCH)), precision, counts);
        return features;
    }

    private void add(Model model, List<Item> items, Precision precision, int[] counts) {
        List<Item> read =
                items.stream().filter(item -> item.positions().length > 0).toList();
        if (read.isEmpty()) return;
        boolean words = rows.containsKey(ClassMeans.WORD);
        try (Scope _ = Scope.open()) {
            Batch batch = model.batch(read);
            OutputRequest asked = OutputRequest.all().withHidden();
            EncoderOutput encoded = model.encoder().encode(batch.tokens(), asked, Dropout.none(), precision);
            Tensor states = encoded.hidden().getLast(); // [t, d]
            List<Integer> kept = new ArrayList<>();
            for (int i = 0; i < batch.targets().length; i++) {
                int target = (int) batch.targets()[i];
                if (target >= 0 && (counts[target]++ < MOST || !words)) kept.add(i);
            }
            for (int i : kept) classes.add((int) batch.targets()[i]);
            rows.forEach((pooling, of) -> {
                double[] flat =
                        ClassMeans.pooled(pooling, encoded, states, batch).toDoubles(); // [n, d]
                int d = Math.toIntExact(states.size(1));
                for (int i : kept) of.add(Arrays.copyOfRange(flat, i * d, (i + 1) * d));
            });
        }
    }

    /// The first units of a class.
    double[][] ofClass(String pooling, int label) {
        List<double[]> all = requireNonNull(rows.get(pooling));
        List<double[]> some = new ArrayList<>();
        for (int i = 0; i < all.size() && some.size() < MOST; i++) if (classes.get(i) == label) some.add(all.get(i));
        return some.toArray(double[][]::new);
    }
}
