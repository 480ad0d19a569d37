package dev.isogloss.trainer.method.selftraining;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.trainer.method.BatchStream;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.finetune.AuxiliaryObjective;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.method.robust.AdversarialObjective;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Criterion;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.Predictor;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The model learns from its own labels of the target's texts, those it is surest of first.
///
///     L = CE(source) + CE(pseudo-labelled target)
///
/// Before each round the pool (what has no label yet) is predicted without dropout, and [PseudoLabelPool] says what is
/// added. A label once given is not revised.
///
/// Xian, Ji & Zhao (ICLR 2022), C.2: the most confident 0.05 % or 2 % of all texts each round, going on from the model.
/// Dong & de Melo (EMNLP 2019): as many of each predicted label, from the pretrained encoder again in each round.
///
/// Papers: do not say how long a round trains, nor (Xian et al.) how the two losses are joined. Here a round is as many
/// passes as `epochs` says over what was added so far; each update reads as much of the source, and the losses are
/// added.
/// Code of Dong & de Melo: trains on the union, keeps the checkpoint that is best on the *target's* dev split over all
/// rounds, and gives each round an optimiser of its own. Here optimiser and schedule go on over all rounds, and
/// `selection` says which checkpoint is kept.
public final class SelfTrainingMethod implements Method {
    private final Model model;
    private final List<Item> pool;
    private final SelfTrain settings;
    private final Precision precision;
    private final long seed;
    private final BatchStream source;
    private final PseudoLabelPool labels;
    private final Parameters beginning;
    private final long[] starts;
    private final SupervisedLoss head;
    private final AuxiliaryObjective perturbed;
    private final Optimisation optimisation;
    private long streamOf = -1;
    private BatchStream target;

    /// @param model    trained; or, with `restart`, one that labels the first round only and gives way to `fresh`
    /// @param fresh    the weights a round begins with, by [Model#trainable]'s names; empty where rounds go on
    /// @param settings resolved
    public SelfTrainingMethod(
            Model model,
            Map<String, Tensor> fresh,
            List<Item> source,
            UnlabelledItems pool,
            SelfTrain settings,
            Precision precision,
            long seed) {
        this.model = model;
        this.pool = pool.items();
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        this.source = new BatchStream(source, settings.batchSize(), settings.batchOrder(), seed);
        this.target = this.source;
        this.labels = new PseudoLabelPool(pool, model.labels().size(), settings);
        this.beginning = new Parameters();
        fresh.forEach(beginning::put);
        this.starts = starts();
        this.head = new SupervisedLoss(model, Criterion.CROSS_ENTROPY, null, precision, 0);
        this.perturbed = settings.adversarialTraining() == null
                ? AuxiliaryObjective.NONE
                : AdversarialObjective.of(settings.adversarialTraining(), head);
        long updates = starts[starts.length - 1];
        this.optimisation = new Optimisation(
                List.of(new ParameterGroup(
                        "model", model.trainable(), settings.learningRate(), settings.optimiser(), updates)),
                updates,
                Math.max(1, updates / (starts.length - 1)));
    }

    /// The first update of each round, and the update after the last: known before anything is labelled, for how many
    /// texts a round may add is.
    private long[] starts() {
        long[] starts = new long[labels.rounds() + 1];
        for (int round = 0; round < labels.rounds(); round++) {
            long batches = (labels.most(round) + settings.batchSize() - 1) / settings.batchSize();
            starts[round + 1] = starts[round] + new Epochs(settings.epochs(), null).updates(batches);
        }
        return starts;
    }

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    @Override
    public List<Objective> objectives(long update) {
        int round = round(update);
        if (update == starts[round]) begin(round);
        if (streamOf != round) {
            streamOf = round;
            target = new BatchStream(labels.learnt(), settings.batchSize(), settings.batchOrder(), seed + round + 1);
        }
        List<Item> own = source.batch(update);
        List<Item> other = target.batch(update - starts[round]);
        return List.of(Objective.of("self-training", () -> loss(own, other, update), List.of("model"), own, other));
    }

    private int round(long update) {
        int at = Arrays.binarySearch(starts, update);
        return at >= 0 ? at : -at - 2;
    }

    /// Labels what is left with the model as it is, adds the surest, and begins anew if rounds do.
    private void begin(int round) {
        List<Integer> left = labels.left();
        if (!left.isEmpty()) {
            List<Item> items = left.stream().map(pool::get).toList();
            labels.add(round, left, Predictor.probabilities(model, items, precision, done -> {}));
        }
        streamOf = -1;
        if (beginning.names().isEmpty()) return;
        try (Scope _ = Scope.open()) {
            for (String name : beginning.names())
                Objects.requireNonNull(model.trainable().get(name)).assign(beginning.get(name));
        }
    }

    private Tensor loss(List<Item> own, List<Item> other, long update) {
        return crossEntropy(own, seed, update).plus(crossEntropy(other, ~seed, update));
    }

    private Tensor crossEntropy(List<Item> items, long stream, long update) {
        Batch batch = head.batch(items);
        Dropout dropout = Dropout.of(settings.dropout(), stream, update);
        Tensor adversarial = perturbed.whole(batch, new AuxiliaryObjective.Micro(update, dropout));
        if (adversarial != null) return adversarial;
        return head.of(head.embed(batch, dropout), batch, head.read(), dropout).loss();
    }

    /// The texts labelled so far.
    public PseudoLabelPool labels() {
        return labels;
    }

    @Override
    public Map<String, Double> readings() {
        return Map.of("pseudoLabelled", (double) labels.learnt().size());
    }

    @Override
    public Map<String, Tensor> state() {
        return labels.state();
    }

    @Override
    public void close() {
        perturbed.close();
        labels.close();
        beginning.close();
    }
}
