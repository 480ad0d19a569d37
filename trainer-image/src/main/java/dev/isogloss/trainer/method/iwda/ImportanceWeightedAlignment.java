package dev.isogloss.trainer.method.iwda;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.Iwda.ImportanceWeights;
import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.trainer.method.BatchStream;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

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
/// that w is ramped in. Authors' code: ramps it, counts ‖Cw − t‖² twice an update (after either language's statistics
/// moved). With preset `Paper` it counts once, after both.
public final class ImportanceWeightedAlignment implements Method {
    private static final double TARGET_STREAM = 0x1p53;

    private final Model model;
    private final SourceAndTarget data;
    private final Iwda settings;
    private final Precision precision;
    private final long seed;
    private final long targetSeed;
    private final BatchStream source;
    private final BatchStream target;
    private final double[] p;
    private final RunningConfusion statistics;
    private final ClassWeights weights;
    private final Parameters critic = new Parameters();
    private final Alignment alignment;
    private final long updates;
    private final List<ParameterGroup> groups = new ArrayList<>();
    private double[] w;

    /// @param settings resolved
    public ImportanceWeightedAlignment(
            Model model, SourceAndTarget data, Iwda settings, Precision precision, long seed) {
        this.model = model;
        this.data = data;
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        this.targetSeed = (long) (RandomStream.of(seed, "target").nextDouble() * TARGET_STREAM);
        this.source = new BatchStream(data.source(), settings.batchSize(), settings.batchOrder(), seed);
        this.target = new BatchStream(data.target(), settings.batchSize(), settings.batchOrder(), targetSeed);
        this.p = data.sourcePrior();
        this.statistics = new RunningConfusion(data.labels(), settings.weights().statisticsRate());
        this.weights = new ClassWeights(p, requireNonNull(settings.weights().projection()));
        this.w = new double[p.length];
        Arrays.fill(w, 1);
        this.alignment = alignment();
        this.updates = countUpdates();
        groups.add(new ParameterGroup(
                "model", model.trainable(), rate(settings.learningRate(), settings.optimiser()), settings.optimiser()));
        if (hasCritic())
            group(
                    "critic",
                    named(critic),
                    constant(settings.critic().learningRate()),
                    settings.critic().weightDecay());
        if (estimates())
            group(
                    "weights",
                    new TreeMap<>(Map.of("d", weights.moved())),
                    new LearningRate(
                            settings.weights().learningRate(),
                            requireNonNull(settings.weights().schedule()),
                            0,
                            updates),
                    settings.weights().decay());
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
        return settings.distance() == Iwda.Distance.Wasserstein ? new Wasserstein(f()) : new JensenShannon(f());
    }

    private Critic f() {
        return new Critic(
                critic.get("hidden.weight"),
                critic.get("hidden.bias"),
                critic.get("score.weight"),
                critic.get("score.bias"));
    }

    private boolean hasCritic() {
        return settings.distance() != Iwda.Distance.KernelMmd;
    }

    private boolean estimates() {
        return settings.importanceWeights() == ImportanceWeights.Estimated;
    }

    /// Whether critic and encoder step one after the other, each on batches of its own.
    private boolean alternates() {
        return hasCritic() && settings.critic().steps() > 1;
    }

    // ---- how long, and what steps

    @Override
    public List<ParameterGroup> groups() {
        return List.copyOf(groups);
    }

    @Override
    public long updates() {
        return updates;
    }

    private long countUpdates() {
        long all = (long) Math.ceil(settings.epochs() * epoch());
        Integer most = settings.maxUpdates();
        return Math.max(1, most == null ? all : Math.min(most, all));
    }

    @Override
    public long updatesPerEpoch() {
        return Math.max(1, (long) Math.ceil(epoch()));
    }

    /// Updates of one pass over the data. For words (C.2, "Number of Training Steps"): so many that a word of the
    /// target counts as much as one of the source would, N_T/b · (words a sentence in T)/(words a sentence in S).
    private double epoch() {
        double batches =
                switch (requireNonNull(settings.epochsOf())) {
                    case Source -> source.batchesPerEpoch();
                    case TargetTokens ->
                        (double) SourceAndTarget.predictions(data.target())
                                * data.source().size()
                                / SourceAndTarget.predictions(data.source())
                                / settings.batchSize();
                };
        return batches / batchesAnUpdate();
    }

    private int batchesAnUpdate() {
        return alternates() ? settings.critic().steps() + 1 : 1;
    }

    /// Critic and weights have a rate and a decay of their own; all else is AdamW's usual.
    private void group(String name, SequencedMap<String, Tensor> parameters, LearningRate rate, double weightDecay) {
        Optimiser usual = new Optimiser(0, 0.9, 0.999, 1e-8, 0, Schedule.Constant, 0);
        groups.add(new ParameterGroup(name, parameters, rate, usual, weightDecay));
    }

    private LearningRate rate(double peak, Optimiser optimiser) {
        return LearningRate.of(peak, optimiser.schedule(), optimiser.warmupFraction(), updates);
    }

    private LearningRate constant(double peak) {
        return new LearningRate(peak, Schedule.Constant, 0, updates);
    }

    private static SequencedMap<String, Tensor> named(Parameters parameters) {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        for (String name : parameters.names()) named.put(name, parameters.get(name));
        return named;
    }

    // ---- before the first update

    @Override
    public void prepare() {
        double[] w0 =
                switch (settings.importanceWeights()) {
                    case Uniform -> w;
                    case Oracle -> InitialWeights.oracle(data.targetPrior(), p);
                    case Estimated -> firstEstimate();
                };
        weights.begin(w0);
        statistics.begin(p, w0, settings.preset() == Iwda.Preset.AuthorsCodeAsIs);
    }

    private double[] firstEstimate() {
        InitialStatistics pass =
                new InitialStatistics(model, precision, settings.weights().initialExamples(), seed);
        double[] solution = InitialWeights.solve(
                pass.confusion(data.source()),
                pass.prediction(data.target()),
                p,
                settings.preset() == Iwda.Preset.AuthorsCodeAsIs);
        return InitialWeights.towardsUniform(solution, settings.weights().initialUniform());
    }

    // ---- one update

    @Override
    public List<Objective> objectives(long update) {
        w = weights.project();
        if (!alternates()) return List.of(objective("joint", update, List.of("model", "critic", "weights"), update));
        List<Objective> objectives = new ArrayList<>();
        long first = update * batchesAnUpdate();
        for (int i = 0; i < settings.critic().steps(); i++)
            objectives.add(objective("critic", first + i, List.of("critic"), update));
        objectives.add(objective("encoder", first + settings.critic().steps(), List.of("model", "weights"), update));
        return objectives;
    }

    private Objective objective(String name, long batch, List<String> steps, long update) {
        List<Item> own = source.batch(batch);
        List<Item> other = target.batch(batch);
        return new Objective(
                name,
                List.of(new Objective.Part(1, () -> loss(own, other, steps, batch, update))),
                steps,
                (long) own.size() + other.size(),
                tokens(own) + tokens(other));
    }

    private Tensor loss(List<Item> own, List<Item> other, List<String> steps, long n, long update) {
        boolean trainsEncoder = steps.contains("model");
        Batch s = Batch.of(own, model.encoder().config().padId());
        Batch t = Batch.of(other, model.encoder().config().padId());
        HeadOutput source = scored(s, Dropout.of(settings.dropout(), seed, n), trainsEncoder);
        HeadOutput target = scored(t, Dropout.of(settings.dropout(), targetSeed, n), trainsEncoder);
        Tensor labels = Tensor.of(s.targets(), s.targets().length); // [n]

        double lambda = settings.lambdaAlign() * ramp(update, settings.alignWarmup());
        double reversal = alignment.reversal(lambda);
        Tensor z = ConditionedFeature.of(source).reverseGradient(reversal); // [n, k·d]
        Tensor zPrime = ConditionedFeature.of(target).reverseGradient(reversal); // [m, k·d]
        Tensor loss = alignment.loss(z, weightOf(labels, update), zPrime);
        if (steps.contains("critic") && hasCritic() && settings.critic().gradientPenalty() > 0)
            loss = loss.plus(penalty(z, zPrime, n).times(settings.critic().gradientPenalty()));
        if (!trainsEncoder) return loss;
        loss = loss.plus(Losses.crossEntropy(source.logits(), labels, 0, Item.UNLABELLED));
        return estimates() ? loss.plus(estimation(source, s, target)) : loss;
    }

    private HeadOutput scored(Batch batch, Dropout dropout, boolean trainsEncoder) {
        return trainsEncoder
                ? model.scored(batch, dropout, precision)
                : GradMode.without(() -> model.scored(batch, dropout, precision));
    }

    /// w̃[y], [n]; 0 for an item without a label, of which a labelled source has none.
    private Tensor weightOf(Tensor labels, long update) {
        double a = ramp(update, settings.weights().warmup());
        float[] ramped = new float[w.length];
        for (int j = 0; j < w.length; j++) ramped[j] = (float) (a * w[j] + 1 - a);
        return Tensor.of(ramped, ramped.length).rows(labels);
    }

    private Tensor penalty(Tensor z, Tensor zPrime, long n) {
        int pairs = (int) Math.min(z.size(0), zPrime.size(0));
        RandomStream random = RandomStream.of(seed, "interpolation", n);
        float[] u = new float[pairs];
        for (int i = 0; i < pairs; i++) u[i] = (float) random.nextDouble();
        return f().penalty(Critic.between(z, zPrime, Tensor.of(u, pairs)));
    }

    /// ‖Cw − t‖² with the statistics moved by this batch.
    private Tensor estimation(HeadOutput source, Batch s, HeadOutput target) {
        statistics.source(predicted(source), s.targets());
        Tensor between = weights.loss(statistics.confusion(), statistics.prediction());
        statistics.target(predicted(target));
        Tensor after = weights.loss(statistics.confusion(), statistics.prediction());
        return (settings.preset() == Iwda.Preset.Paper ? after : between.plus(after)).asFloat();
    }

    private static long[] predicted(HeadOutput batch) {
        return batch.logits().detach().argmax(1).toLongs();
    }

    private double ramp(long update, double fraction) {
        return fraction == 0 ? 1 : Math.min(1, update / (fraction * updates));
    }

    private static long tokens(List<Item> items) {
        return items.stream().mapToLong(Item::length).sum();
    }

    // ---- what goes on, and what is shown

    /// w, [k], within the constraints.
    public double[] weights() {
        return weights.project();
    }

    @Override
    public Map<String, Double> readings() {
        Map<String, Double> readings = new LinkedHashMap<>();
        for (int j = 0; j < w.length; j++)
            readings.put("weight." + model.labels().labels().get(j), w[j]);
        return readings;
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(statistics.state());
        state.putAll(weights.state());
        return state;
    }

    @Override
    public void close() {
        statistics.close();
        weights.close();
        critic.close();
    }
}
