package dev.isogloss.trainer.method.finetune;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.trainer.method.BatchPlan;
import dev.isogloss.trainer.method.Batching;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.FrozenLayers;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.SourcePlan;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective.Micro;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Supervised fine-tuning of encoder and head: the mean cross-entropy of the labelled predictions.
///
///     L = 1/n Σᵢ −log softmax(logitsᵢ)[yᵢ]
///
/// With label smoothing ε the target is (1−ε)·onehot(y) + ε/k; [SupervisedLoss] has the confidence penalty, and
/// [AuxiliaryObjective] what a method adds.
public final class FineTuning implements Method {
    private final FineTune settings;
    private final SupervisedLoss head;
    private final long seed;
    private final Batching batching;
    private final Optimisation optimisation;
    private final List<Item> items;
    private final AuxiliaryObjective auxiliary;

    /// @param items labelled, of one source; the order matters, for epochs are shuffles of it
    public FineTuning(Model model, List<Item> items, FineTune settings, Precision precision, long seed) {
        this(model, List.of(items), settings, precision, seed, AuxiliaryObjective.NONE);
    }

    /// @param sources   the labelled items of each source, numbered source after source
    /// @param auxiliary closed with this
    public FineTuning(
            Model model,
            List<List<Item>> sources,
            FineTune settings,
            Precision precision,
            long seed,
            AuxiliaryObjective auxiliary) {
        this.items = sources.stream().flatMap(List::stream).toList();
        this.settings = settings;
        this.head = SupervisedLoss.of(model, settings, precision, auxiliary.width());
        this.seed = seed;
        this.auxiliary = auxiliary;
        this.batching = batching(sources.stream().mapToInt(List::size).toArray());
        long updates = new Epochs(settings.epochs(), settings.maxUpdates()).updates(batching.updatesPerEpoch());
        this.optimisation = new Optimisation(
                List.of(new ParameterGroup(
                        "model",
                        FrozenLayers.without(model.trainable(), settings.frozenLayers(), settings.frozenEmbeddings()),
                        settings.learningRate(),
                        settings.optimiser(),
                        updates)),
                updates,
                batching.updatesPerEpoch());
    }

    private Batching batching(int[] sizes) {
        int[] lengths = items.stream().mapToInt(Item::length).toArray();
        int accumulation = settings.gradientAccumulation();
        BatchOrder order = settings.batchOrder();
        return switch (settings.sources()) {
            case Mixed -> new BatchPlan(lengths.length, _ -> lengths, settings.batchSize(), accumulation, order, seed);
            case OnePerBatch ->
                new SourcePlan(
                        sizes, lengths, settings.batchSize(), accumulation, order, settings.samplingExponent(), seed);
        };
    }

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    @Override
    public List<Objective> objectives(long update) {
        List<int[]> numbers = batching.microBatches(update);
        List<List<Item>> batches = numbers.stream()
                .map(own -> Arrays.stream(own).mapToObj(items::get).toList())
                .toList();
        long predictions = batches.stream().mapToLong(FineTuning::labelled).sum();
        List<Objective.Part> parts = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            List<Item> own = batches.get(i);
            int[] places = numbers.get(i);
            long number = update * settings.gradientAccumulation() + i;
            Micro micro = new Micro(number, Dropout.of(settings.dropout(), seed, number));
            parts.add(new Objective.Part((double) labelled(own) / predictions, () -> loss(own, places, micro)));
        }
        return List.of(new Objective(
                "cross-entropy",
                parts,
                List.of("model"),
                batches.stream().mapToLong(List::size).sum(),
                batches.stream().flatMap(List::stream).mapToLong(Item::length).sum()));
    }

    @Override
    public Map<String, Double> readings() {
        return auxiliary.readings();
    }

    @Override
    public void close() {
        auxiliary.close();
    }

    private Tensor loss(List<Item> own, int[] places, Micro micro) {
        Batch batch = head.batch(own);
        Tensor whole = auxiliary.whole(batch, micro);
        if (whole != null) return whole;
        Tensor embedded = auxiliary.embeddings(head.embed(batch, micro.dropout()), batch, micro); // [t, h]
        SupervisedLoss.Pass pass = head.of(embedded, batch, auxiliary.read(head.read()), micro.dropout());
        Tensor beside = auxiliary.loss(pass.encoded(), batch, places, micro);
        return beside == null ? pass.loss() : pass.loss().plus(beside);
    }

    private static long labelled(List<Item> items) {
        return items.stream()
                .flatMapToInt(item -> Arrays.stream(item.targets()))
                .filter(target -> target != Item.UNLABELLED)
                .count();
    }
}
