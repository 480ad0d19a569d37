package dev.isogloss.trainer.method.pretrain;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.method.BatchPlan;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Masked-language modelling (Devlin et al., NAACL 2019, §3.1) on texts of many languages, and on translation pairs
/// (translation language modelling, TLM: Conneau & Lample, NeurIPS 2019, §3.3): a hidden word may be guessed from its
/// sentence or from the translation beside it, which is what aligns the languages.
///
///     L = 1/n Σᵢ −log softmax(logitsᵢ)[xᵢ]      over the n hidden tokens of the batch
///
/// Paper (TLM): positions restart in the second sentence, and languages have embeddings. Here, as in encoders without
/// language embeddings, the pair is read as any other pair.
public final class MaskedLanguageModelling implements Method {
    private final Encoder encoder;
    private final Pretrain settings;
    private final Precision precision;
    private final long seed;
    private final WordLoss wordLoss;
    private final TokenMasking masking;
    private final List<List<TokenSequence>> sources;
    private final SmoothedSampling sampling;
    private final Optimisation optimisation;
    private final BatchPlan plan;
    private List<SmoothedSampling.Draw> draws = List.of();

    /// @param texts sequences by language, in the corpus' order
    /// @param pairs translations side by side; may be empty
    public MaskedLanguageModelling(
            Encoder encoder,
            TokenMasking masking,
            List<List<TokenSequence>> texts,
            List<TokenSequence> pairs,
            Pretrain settings,
            Precision precision,
            long seed) {
        this.encoder = encoder;
        this.wordLoss = WordLoss.of(encoder, precision);
        this.masking = masking;
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        this.sources = new ArrayList<>(texts);
        this.sources.add(pairs);
        this.sampling = new SmoothedSampling(
                texts.stream().mapToInt(List::size).toArray(),
                settings.samplingExponent(),
                pairs.size(),
                settings.pairFraction(),
                seed);
        this.plan = new BatchPlan(
                IntStream.of(sampling.quotas()).sum(),
                this::lengthsOf,
                settings.batchSize(),
                settings.gradientAccumulation(),
                settings.batchOrder(),
                seed);
        long updates = new Epochs(settings.epochs(), settings.maxUpdates()).updates(plan.updatesPerEpoch());
        this.optimisation = new Optimisation(
                List.of(new ParameterGroup(
                        "encoder", trainable(encoder), settings.learningRate(), settings.optimiser(), updates)),
                updates,
                plan.updatesPerEpoch());
    }

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    @Override
    public List<Objective> objectives(long update) {
        List<int[]> micro = plan.microBatches(update);
        List<List<Item>> masked = new ArrayList<>();
        for (int i = 0; i < micro.size(); i++)
            masked.add(masked(micro.get(i), RandomStream.of(seed, "masking", update, i)));
        long hidden = masked.stream().mapToLong(MaskedLanguageModelling::hidden).sum();
        List<Objective.Part> parts = new ArrayList<>();
        for (int i = 0; i < masked.size(); i++) {
            List<Item> items = masked.get(i);
            Dropout dropout = Dropout.of(settings.dropout(), seed, update * settings.gradientAccumulation() + i);
            parts.add(new Objective.Part((double) hidden(items) / hidden, () -> loss(items, dropout)));
        }
        return List.of(new Objective(
                "masked words",
                parts,
                List.of("encoder"),
                masked.stream().mapToLong(List::size).sum(),
                masked.stream().flatMap(List::stream).mapToLong(Item::length).sum()));
    }

    /// The pooler reads nothing here and learns nothing.
    private static SequencedMap<String, Tensor> trainable(Encoder encoder) {
        SequencedMap<String, Tensor> parameters = encoder.parameters().byName();
        parameters.keySet().removeIf(name -> name.startsWith("pooler."));
        parameters.putAll(encoder.mlmHead().byName());
        return parameters;
    }

    private Tensor loss(List<Item> items, Dropout dropout) {
        Batch batch = Batch.of(items, encoder.config().padId());
        EncoderOutput encoded = encoder.encode(batch.tokens(), OutputRequest.all(), dropout, precision);
        Tensor hidden = encoded.last() // [t, d]
                .rows(Tensor.of(batch.rows(), batch.rows().length)); // [n, d]
        return wordLoss.mean(hidden, batch.targets());
    }

    /// Draws the sequences of an epoch, and says how long they are.
    private int[] lengthsOf(long epoch) {
        draws = sampling.epoch(epoch);
        return draws.stream()
                .mapToInt(draw -> sources.get(draw.source()).get(draw.index()).ids().length)
                .toArray();
    }

    private List<Item> masked(int[] batch, RandomStream random) {
        List<Item> items = new ArrayList<>();
        for (int i : batch) {
            SmoothedSampling.Draw draw = draws.get(i);
            TokenSequence sequence = sources.get(draw.source()).get(draw.index());
            TokenMasking.Masked masked = masking.apply(sequence.ids(), random);
            items.add(new Item(i, masked.ids(), sequence.types(), masked.positions(), 0, masked.targets()));
        }
        return items;
    }

    private static long hidden(List<Item> items) {
        return items.stream().mapToLong(item -> item.positions().length).sum();
    }
}
