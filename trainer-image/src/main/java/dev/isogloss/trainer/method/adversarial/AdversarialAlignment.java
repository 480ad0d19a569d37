package dev.isogloss.trainer.method.adversarial;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.AdversarialAlign.Reads;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.method.BatchStream;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.FrozenLayers;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Criterion;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A discriminator tells the languages apart, the encoder deceives it (Keung, Lu & Bhardwaj, EMNLP 2019, §3): three
/// steps an update, each with an optimiser of its own.
///
///     task            CE(source)                                           encoder and head
///     discriminator   L_D = −mean log D(source) − mean log(1 − D(target))  D
///     generator       L_G = −mean log(1 − D(source)) − mean log D(target)  encoder
///
/// D = σ(w·h + b) of the last layer's first token; for words (AdvPicker) σ(w·relu(Wh + b) + c) of each first sub-word.
///
/// Paper: gives no code, and its learning rates are quoted from memory (`docs/methods/adversarial-align.md`).
/// AdvPicker's code: the order of the three, on batches of their own, and a generator's rate of a hundredth of the
/// task's; so here.
public final class AdversarialAlignment implements Method {
    private final Model model;
    private final AdversarialAlign settings;
    private final Precision precision;
    private final long seed;
    private final long targetSeed;
    private final BatchStream source;
    private final BatchStream contrast;
    private final BatchStream target;
    private final Parameters discriminator = new Parameters();
    private final Optimisation optimisation;

    /// @param settings resolved
    public AdversarialAlignment(
            Model model,
            List<Item> source,
            UnlabelledItems target,
            AdversarialAlign settings,
            Precision precision,
            long seed) {
        this.model = model;
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        this.targetSeed = RandomStream.derive(seed, "target");
        this.source = new BatchStream(source, settings.batchSize(), settings.batchOrder(), seed);
        this.contrast = new BatchStream(source, settings.batchSize(), settings.batchOrder(), ~targetSeed);
        this.target = new BatchStream(target.items(), settings.batchSize(), settings.batchOrder(), targetSeed);
        long updates = new Epochs(settings.epochs(), settings.maxUpdates()).updates(this.source.batchesPerEpoch());
        initialise();
        int frozen = settings.frozenTaskLayers();
        this.optimisation = new Optimisation(
                List.of(
                        group(
                                "task",
                                FrozenLayers.without(model.trainable(), frozen, frozen > 0),
                                settings.learningRate(),
                                updates),
                        group("discriminator", discriminator.byName(), settings.discriminatorLearningRate(), updates),
                        group("generator", encoder(), settings.generatorLearningRate(), updates)),
                updates,
                this.source.batchesPerEpoch());
    }

    private void initialise() {
        int hidden = model.encoder().config().hidden();
        boolean words = settings.reads() == Reads.Words;
        int read = words ? settings.discriminatorWidth() : hidden;
        RandomStream random = RandomStream.of(seed, "discriminator");
        try (Scope _ = Scope.open()) {
            if (words) {
                discriminator.put("hidden.weight", uniform(random, hidden, read, hidden));
                discriminator.put("hidden.bias", uniform(random, hidden, read));
            }
            discriminator.put("score.weight", uniform(random, read, 1, read));
            discriminator.put("score.bias", uniform(random, read, 1));
        }
    }

    /// Within ±1/√inputs, as PyTorch's linear layers begin.
    private static Tensor uniform(RandomStream random, int inputs, long... shape) {
        int count = 1;
        for (long size : shape) count = Math.multiplyExact(count, Math.toIntExact(size));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) ((2 * random.nextDouble() - 1) / Math.sqrt(inputs));
        return Tensor.of(values, shape);
    }

    private ParameterGroup group(
            String name, SequencedMap<String, Tensor> parameters, @Nullable Double rate, long updates) {
        return new ParameterGroup(name, parameters, Objects.requireNonNull(rate), settings.optimiser(), updates);
    }

    /// Without head and pooler, which the discriminator does not see through.
    private SequencedMap<String, Tensor> encoder() {
        SequencedMap<String, Tensor> encoder = model.encoder().parameters().byName();
        encoder.keySet().removeIf(name -> name.startsWith("pooler."));
        return encoder;
    }

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    @Override
    public List<Objective> objectives(long update) {
        List<Item> labelled = source.batch(update);
        return List.of(
                Objective.of("task", () -> task(labelled, update), List.of("task"), labelled),
                against("discriminator", 2 * update),
                against("generator", 2 * update + 1));
    }

    /// @param n the number of its batches, of which every update has two
    private Objective against(String name, long n) {
        List<Item> own = contrast.batch(n);
        List<Item> other = target.batch(n);
        return Objective.of(
                name, () -> adversarial(own, other, name.equals("generator"), n), List.of(name), own, other);
    }

    private Tensor task(List<Item> items, long update) {
        Batch batch = model.batch(items);
        Dropout dropout = Dropout.of(settings.dropout(), seed, update);
        return model.loss(batch, Criterion.CROSS_ENTROPY, dropout, precision);
    }

    /// L_D; L_G is the same with the languages exchanged.
    private Tensor adversarial(List<Item> own, List<Item> other, boolean generator, long n) {
        Tensor d = score(read(own, seed, n, generator));
        Tensor dPrime = score(read(other, targetSeed, n, generator));
        return generator ? loss(dPrime, d) : loss(d, dPrime);
    }

    /// @param yes scores of what D is to accept, [n]
    /// @param no  of what it is to refuse, [m]
    public static Tensor loss(Tensor yes, Tensor no) {
        return yes.logSigmoid().mean().plus(no.negate().logSigmoid().mean()).negate();
    }

    /// The input of D: [b, d] first tokens, or [n, d] first sub-words.
    private Tensor read(List<Item> items, long own, long n, boolean recorded) {
        Batch batch = model.batch(items);
        Dropout dropout = Dropout.of(settings.dropout(), ~own, n);
        return recorded ? features(batch, dropout) : GradMode.without(() -> features(batch, dropout));
    }

    private Tensor features(Batch batch, Dropout dropout) {
        return settings.reads() == Reads.Words
                ? model.scored(batch, dropout, precision).features()
                : model.encoder()
                        .encode(batch.tokens(), OutputRequest.first(), dropout, precision)
                        .first();
    }

    private Tensor score(Tensor h) {
        Tensor read = discriminator.contains("hidden.weight")
                ? h.linear(discriminator.get("hidden.weight"), discriminator.get("hidden.bias"))
                        .relu()
                : h;
        return read.linear(discriminator.get("score.weight"), discriminator.get("score.bias"))
                .select(1, 0); // [n]
    }

    @Override
    public void close() {
        discriminator.close();
    }
}
