package dev.isogloss.trainer.task;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.OutOfDeviceMemory;
import dev.isogloss.trainer.tensor.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Applies a model to items, longest first, so that a batch holds little padding. A batch is asked for before the
/// outputs of the one before are read, so that a GPU computes while the program reads.
public final class Predictor {
    /// @param tokens a batch, padding included
    /// @param least  of the batches that a device with too little memory gets instead, half as large each time
    record BatchSize(int tokens, int least) {
        /// The last bits of a result depend on it.
        static final BatchSize ON_CPU = new BatchSize(4096, 4096);

        /// 4,096 tokens are computed in less time than the program needs to ask for them.
        static final BatchSize ON_GPU = new BatchSize(65_536, 1);
    }

    private final Function<List<Item>, LateOutputs> model;
    private final List<Item> items;
    private final List<Integer> order;
    private final List<float[][]> results;
    private final LongConsumer done;
    private BatchSize size;
    private long finished;

    private Predictor(Function<List<Item>, LateOutputs> model, List<Item> items, BatchSize size, LongConsumer done) {
        this.model = model;
        this.items = items;
        this.size = size;
        this.done = done;
        this.order = IntStream.range(0, items.size())
                .filter(i -> items.get(i).positions().length > 0)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -items.get(i).length()))
                .toList();
        this.results = new ArrayList<>(Collections.nCopies(items.size(), new float[0][]));
    }

    /// @param done told how many items are done, after every batch
    /// @return for every item, in the items' order, probabilities [its predictions][labels]
    public static List<float[][]> probabilities(Model model, List<Item> items, Precision precision, LongConsumer done) {
        return probabilities(
                batch -> model.ask(model.batch(batch), precision),
                items,
                Engine.device() == Device.GPU ? BatchSize.ON_GPU : BatchSize.ON_CPU,
                done);
    }

    /// @param model what to ask of a batch, in a scope that ends before its outputs are read
    static List<float[][]> probabilities(
            Function<List<Item>, LateOutputs> model, List<Item> items, BatchSize size, LongConsumer done) {
        return new Predictor(model, items, size, done).predict();
    }

    /// A batch whose outputs are not read yet.
    private record Asked(List<Integer> indices, LateOutputs outputs) {}

    private List<float[][]> predict() {
        Asked before = null;
        try {
            for (int next = 0; next < order.size(); ) {
                List<Integer> indices = order.subList(next, end(next));
                Asked asked = ask(indices);
                if (asked == null) continue;
                next += indices.size();
                Asked earlier = before;
                before = asked;
                read(earlier);
            }
            Asked last = before;
            before = null;
            read(last);
        } finally {
            if (before != null) before.outputs().close();
        }
        return results;
    }

    /// Nothing if the memory of the device is too small; the next batch will be.
    private @Nullable Asked ask(List<Integer> indices) {
        try (Scope _ = Scope.open()) {
            return new Asked(
                    indices, model.apply(indices.stream().map(items::get).toList()));
        } catch (OutOfDeviceMemory tooLarge) {
            int half = indices.size() / 2 * items.get(indices.getFirst()).length();
            if (half < size.least()) throw tooLarge;
            size = new BatchSize(half, size.least());
            return null;
        }
    }

    private void read(@Nullable Asked asked) {
        if (asked == null) return;
        try (LateOutputs outputs = asked.outputs()) {
            List<float[][]> read = outputs.read();
            for (int i = 0; i < read.size(); i++) results.set(asked.indices().get(i), read.get(i));
        }
        finished += asked.indices().size();
        done.accept(finished);
    }

    /// Where the batch ends that begins with the item `from`, the longest one in it.
    private int end(int from) {
        int width = items.get(order.get(from)).length();
        return Math.min(order.size(), from + Math.max(1, size.tokens() / Math.max(1, width)));
    }
}
