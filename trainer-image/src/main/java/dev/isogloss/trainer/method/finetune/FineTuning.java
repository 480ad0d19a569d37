package dev.isogloss.trainer.method.finetune;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.method.BatchPlan;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Supervised fine-tuning of encoder and head: the mean cross-entropy of the labelled predictions.
///
///     L = 1/n Σᵢ −log softmax(logitsᵢ)[yᵢ]
///
/// The baseline of all five papers (METHODS names each one's hyperparameters); with label smoothing ε the target is
/// (1−ε)·onehot(y) + ε/k.
public final class FineTuning implements Method {
    private final Model model;
    private final FineTune settings;
    private final Precision precision;
    private final long seed;
    private final BatchPlan plan;
    private final List<ParameterGroup> groups;
    private final List<Item> items;
    private final @Nullable Companion companion;

    /// What a batch is to be good for beside its labels.
    @FunctionalInterface
    public interface Companion {
        /// @param items the rows of the batch as numbers of the training's items
        /// @return added to the cross-entropy, shape []; null where there is nothing to add
        @Nullable
        Tensor loss(EncoderOutput encoded, Batch batch, int[] items);
    }

    /// @param items labelled; the order matters, for epochs are shuffles of it
    public FineTuning(Model model, List<Item> items, FineTune settings, Precision precision, long seed) {
        this(model, items, settings, precision, seed, null);
    }

    /// @param companion null: the cross-entropy alone
    public FineTuning(
            Model model,
            List<Item> items,
            FineTune settings,
            Precision precision,
            long seed,
            @Nullable Companion companion) {
        this.model = model;
        this.items = items;
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        this.companion = companion;
        int[] lengths = items.stream().mapToInt(Item::length).toArray();
        this.plan = new BatchPlan(
                lengths.length,
                epoch -> lengths,
                settings.batchSize(),
                settings.gradientAccumulation(),
                settings.batchOrder(),
                seed);
        this.groups = List.of(new ParameterGroup(
                "model",
                model.trainable(),
                LearningRate.of(
                        settings.learningRate(),
                        settings.optimiser().schedule(),
                        settings.optimiser().warmupFraction(),
                        updates()),
                settings.optimiser()));
    }

    @Override
    public List<ParameterGroup> groups() {
        return groups;
    }

    @Override
    public long updates() {
        return plan.updates(settings.epochs(), settings.maxUpdates());
    }

    @Override
    public long updatesPerEpoch() {
        return plan.updatesPerEpoch();
    }

    @Override
    public List<Objective> objectives(long update) {
        List<int[]> numbers = plan.microBatches(update);
        List<List<Item>> micro = numbers.stream()
                .map(indices ->
                        java.util.Arrays.stream(indices).mapToObj(items::get).toList())
                .toList();
        long predictions = micro.stream().mapToLong(FineTuning::labelled).sum();
        List<Objective.Part> parts = new ArrayList<>();
        for (int i = 0; i < micro.size(); i++) {
            List<Item> own = micro.get(i);
            int[] places = numbers.get(i);
            Dropout dropout = Dropout.of(settings.dropout(), seed, update * settings.gradientAccumulation() + i);
            parts.add(new Objective.Part((double) labelled(own) / predictions, () -> loss(own, places, dropout)));
        }
        return List.of(new Objective(
                "cross-entropy",
                parts,
                List.of("model"),
                micro.stream().mapToLong(List::size).sum(),
                micro.stream().flatMap(List::stream).mapToLong(Item::length).sum()));
    }

    private Tensor loss(List<Item> own, int[] places, Dropout dropout) {
        Batch batch = Batch.of(own, model.encoder().config().padId());
        EncoderOutput encoded =
                model.encoder().encode(batch.tokens(), model.head().read(), dropout, precision);
        Tensor logits = model.head().logits(model.encoder(), model.headWeights(), encoded, batch, dropout); // [n, k]
        Tensor targets = Tensor.of(batch.targets(), batch.targets().length); // [n]
        Tensor loss = Losses.crossEntropy(logits, targets, settings.labelSmoothing(), Item.UNLABELLED);
        Tensor beside = companion == null ? null : companion.loss(encoded, batch, places);
        return beside == null ? loss : loss.plus(beside);
    }

    private static long labelled(List<Item> items) {
        return items.stream()
                .flatMapToInt(item -> java.util.Arrays.stream(item.targets()))
                .filter(target -> target != Item.UNLABELLED)
                .count();
    }
}
