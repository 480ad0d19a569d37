package dev.isogloss.trainer.method.iwda;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.trainer.method.BatchStream;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.HeadOutput;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// IWDA, the whole of App. C.1 in one update: with g, h the encoder and head, f the critic, w the weights,
///
///     L  =  CE(source)  +  L_align(z̃, w̃[y], z̃′)  +  μ·GP(f)  +  ‖Cw − t‖²
///
/// f and w descend L. g and h descend CE and receive −λ_t·∂L_align/∂z̃: reversing the gradient turns one backward pass
/// into both players' moves.
///
///     w̃ = a·w + (1 − a)      a = min(1, t/(weightWarmup·T))      λ_t = λ·min(1, t/(alignWarmup·T))
///
/// Paper: one loss, both players at once; or (Table 4) four updates of the critic for one of the encoder. Does not say
/// that w is ramped in. Authors' code: ramps it; more under [WeightEstimation].
public final class ImportanceWeightedAlignment implements Method {
    private final Model model;
    private final SourceAndTarget data;
    private final Iwda settings;
    private final Precision precision;
    private final long seed;
    private final long targetSeed;
    private final BatchStream source;
    private final BatchStream target;
    private final WeightEstimation weights;
    private final Parameters critic = new Parameters();
    private final @Nullable Alignment alignment;
    private final long updates;
    private final Optimisation optimisation;

    /// With weights that need no label of the target.
    public ImportanceWeightedAlignment(
            Model model, SourceAndTarget data, Iwda settings, Precision precision, long seed) {
        this(model, data, settings, null, precision, seed);
    }

    /// @param settings resolved
    /// @param gold     where the weights are Oracle, and nowhere else
    public ImportanceWeightedAlignment(
            Model model,
            SourceAndTarget data,
            Iwda settings,
            @Nullable GoldPrior gold,
            Precision precision,
            long seed) {
        this.model = model;
        this.data = data;
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        this.targetSeed = RandomStream.derive(seed, "target");
        this.source = new BatchStream(data.source(), settings.batchSize(), settings.batchOrder(), seed);
        this.target = new BatchStream(data.target().items(), settings.batchSize(), settings.batchOrder(), targetSeed);
        this.weights = new WeightEstimation(data, settings, gold);
        this.alignment = aligns() ? alignment() : null;
        this.updates = new Epochs(settings.epochs(), settings.maxUpdates()).updates(epoch());
        List<ParameterGroup> groups = new ArrayList<>();
        groups.add(
                new ParameterGroup("model", model.trainable(), settings.learningRate(), settings.optimiser(), updates));
        if (hasCritic())
            groups.add(ownGroup(
                    "critic",
                    critic.byName(),
                    settings.critic().learningRate(),
                    Schedule.Constant,
                    settings.critic().weightDecay()));
        if (weights.isTrained())
            groups.add(ownGroup(
                    "weights",
                    new TreeMap<>(Map.of("d", weights.moved())),
                    settings.weights().learningRate(),
                    requireNonNull(settings.weights().schedule()),
                    settings.weights().decay()));
        this.optimisation = new Optimisation(List.copyOf(groups), updates, Math.max(1, (long) Math.ceil(epoch())));
    }

    private Alignment alignment() {
        if (settings.distance() == Iwda.Distance.KernelMmd) return new KernelMmd();
        int inputs = data.labels() * model.encoder().config().hidden();
        try (Scope _ = Scope.open()) {
            Critic.fresh(
                            inputs,
                            settings.critic().width(),
                            requireNonNull(settings.critic().output()),
                            RandomStream.of(seed, "critic"))
                    .forEach(critic::put);
        }
        return settings.distance() == Iwda.Distance.Wasserstein
                ? new Wasserstein(critic())
                : new JensenShannon(critic());
    }

    private Critic critic() {
        return new Critic(
                critic.get("hidden.weight"),
                critic.get("hidden.bias"),
                critic.get("score.weight"),
                critic.get("score.bias"));
    }

    /// False in a control, where nothing of an alignment reaches the encoder. Its critic would be trained for nobody,
    /// and without a penalty its loss has no least value.
    private boolean aligns() {
        return settings.lambdaAlign() > 0;
    }

    private boolean readsTarget() {
        return aligns() || weights.isTrained();
    }

    private boolean hasCritic() {
        return aligns() && settings.distance() != Iwda.Distance.KernelMmd;
    }

    /// True if critic and encoder step one after the other, each on batches of its own. A control passes over the
    /// critic's, so that it has as many updates, on the same batches, as the alignment that it is compared with.
    private boolean alternates() {
        return settings.distance() != Iwda.Distance.KernelMmd
                && settings.critic().steps() > 1;
    }

    // ---- how long, and what steps

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    /// Updates of one pass over the data. For words (C.2, "Number of Training Steps"): so many that a word of the
    /// target counts as much as one of the source would, N_T/b · (words a sentence in T)/(words a sentence in S).
    private double epoch() {
        double batches =
                switch (requireNonNull(settings.epochsOf())) {
                    case Source -> source.batchesPerEpoch();
                    case TargetTokens ->
                        (double) SourceAndTarget.predictions(data.target().items())
                                * data.source().size()
                                / SourceAndTarget.predictions(data.source())
                                / settings.batchSize();
                };
        return batches / batchesAnUpdate();
    }

    private int batchesAnUpdate() {
        return alternates() ? settings.critic().steps() + 1 : 1;
    }

    /// Critic and weights have a rate and a decay of their own; all else is AdamW's usual, without warm-up and
    /// clipping.
    private ParameterGroup ownGroup(
            String name, SequencedMap<String, Tensor> parameters, double peak, Schedule schedule, double decay) {
        Optimiser usual = new Optimiser(0, 0.9, 0.999, 1e-8, 0, schedule, 0);
        return new ParameterGroup(name, parameters, new LearningRate(peak, schedule, 0, updates), usual, decay);
    }

    // ---- before the first update

    @Override
    public void prepare() {
        weights.begin(model, precision, seed);
    }

    // ---- one update

    @Override
    public List<Objective> objectives(long update) {
        weights.project();
        if (!alternates()) return List.of(objective("joint", update, List.of("model", "critic", "weights"), update));
        List<Objective> objectives = new ArrayList<>();
        long first = update * batchesAnUpdate();
        for (int i = 0; hasCritic() && i < settings.critic().steps(); i++)
            objectives.add(objective("critic", first + i, List.of("critic"), update));
        objectives.add(objective("encoder", first + settings.critic().steps(), List.of("model", "weights"), update));
        return objectives;
    }

    private Objective objective(String name, long batch, List<String> steps, long update) {
        List<Item> own = source.batch(batch);
        List<Item> other = readsTarget() ? target.batch(batch) : List.of();
        return Objective.of(name, () -> loss(own, other, steps, batch, update), steps, own, other);
    }

    private Tensor loss(List<Item> own, List<Item> other, List<String> steps, long n, long update) {
        boolean trainsEncoder = steps.contains("model");
        Batch s = model.batch(own);
        HeadOutput source = scored(s, Dropout.of(settings.dropout(), seed, n), trainsEncoder);
        Tensor labels = Tensor.of(s.targets(), s.targets().length); // [n]
        if (!readsTarget()) return Losses.crossEntropy(source.logits(), labels, 0, Item.UNLABELLED);

        Batch t = model.batch(other);
        HeadOutput target = scored(t, Dropout.of(settings.dropout(), targetSeed, n), trainsEncoder);
        List<Tensor> terms = new ArrayList<>();
        if (aligns()) terms.add(distance(source, labels, target, steps.contains("critic") && hasCritic(), n, update));
        if (trainsEncoder) terms.add(Losses.crossEntropy(source.logits(), labels, 0, Item.UNLABELLED));
        if (trainsEncoder && weights.isTrained()) terms.add(weights.loss(source, labels, target));
        return terms.stream().reduce(Tensor::plus).orElseThrow();
    }

    /// The alignment, and the critic's penalty where the critic steps.
    private Tensor distance(
            HeadOutput source, Tensor labels, HeadOutput target, boolean trainsCritic, long n, long update) {
        Alignment alignment = requireNonNull(this.alignment);
        double reversal = alignment.reversal(settings.lambdaAlign() * ramp(update, settings.alignWarmup()));
        Tensor z = ConditionedFeature.of(source).reverseGradient(reversal); // [n, k·d]
        Tensor zPrime = ConditionedFeature.of(target).reverseGradient(reversal); // [m, k·d]
        Tensor w = weights.of(labels, ramp(update, settings.weights().warmup()));
        Tensor loss = alignment.loss(z, w, zPrime);
        return trainsCritic && settings.critic().gradientPenalty() > 0
                ? loss.plus(penalty(z, zPrime, n).times(settings.critic().gradientPenalty()))
                : loss;
    }

    private HeadOutput scored(Batch batch, Dropout dropout, boolean trainsEncoder) {
        return trainsEncoder
                ? model.scored(batch, dropout, precision)
                : GradMode.without(() -> model.scored(batch, dropout, precision));
    }

    private Tensor penalty(Tensor z, Tensor zPrime, long n) {
        int pairs = (int) Math.min(z.size(0), zPrime.size(0));
        RandomStream random = RandomStream.of(seed, "interpolation", n);
        float[] u = new float[pairs];
        for (int i = 0; i < pairs; i++) u[i] = (float) random.nextDouble();
        return critic().penalty(Critic.between(z, zPrime, Tensor.of(u, pairs)));
    }

    private double ramp(long update, double fraction) {
        return fraction == 0 ? 1 : Math.min(1, update / (fraction * updates));
    }

    // ---- what goes on, and what is shown

    /// w, [k], within the constraints.
    public double[] weights() {
        weights.project();
        return weights.last();
    }

    @Override
    public Map<String, Double> readings() {
        Map<String, Double> readings = new LinkedHashMap<>();
        double[] w = weights.last();
        for (int j = 0; j < w.length; j++)
            readings.put("weight." + model.labels().labels().get(j), w[j]);
        return readings;
    }

    @Override
    public Map<String, Tensor> state() {
        return weights.state();
    }

    @Override
    public void close() {
        weights.close();
        critic.close();
    }
}
