package dev.isogloss.trainer.task;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.tensor.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/// Applies a model to items, longest first, so that a batch holds little padding.
public final class Predictor {
    /// Tokens a batch, padding included; more gains nothing on a CPU and costs memory.
    private static final int TOKENS_PER_BATCH = 4096;

    private Predictor() {}

    /// @param done told how many items are done, after every batch
    /// @return for every item, in the items' order, probabilities [its predictions][labels]
    public static List<float[][]> probabilities(Model model, List<Item> items, Precision precision, LongConsumer done) {
        List<float[][]> results = new ArrayList<>(java.util.Collections.nCopies(items.size(), new float[0][]));
        long finished = 0;
        for (List<Integer> indices : batches(items)) {
            List<Item> batchItems = indices.stream().map(items::get).toList();
            try (Scope scope = Scope.open()) {
                Batch batch = model.batch(batchItems);
                List<float[][]> outputs = model.outputs(batch, precision);
                for (int i = 0; i < outputs.size(); i++) results.set(indices.get(i), outputs.get(i));
            }
            finished += indices.size();
            done.accept(finished);
        }
        return results;
    }

    private static List<List<Integer>> batches(List<Item> items) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) if (items.get(i).positions().length > 0) order.add(i);
        order.sort(Comparator.comparingInt(i -> -items.get(i).length()));
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> current = new ArrayList<>();
        int width = 0;
        for (int i : order) {
            if (!current.isEmpty() && width * (current.size() + 1) > TOKENS_PER_BATCH) {
                batches.add(current);
                current = new ArrayList<>();
            }
            if (current.isEmpty()) width = items.get(i).length();
            current.add(i);
        }
        if (!current.isEmpty()) batches.add(current);
        return batches;
    }
}
