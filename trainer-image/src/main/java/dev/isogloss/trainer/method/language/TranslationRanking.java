package dev.isogloss.trainer.method.language;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.RankTranslations;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.SentenceVectors;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.method.BatchPlan;
import dev.isogloss.trainer.method.Epochs;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// An encoder learns sentence vectors: of all translations in a batch, each text's own is to lie nearest (LaBSE: Feng
/// et al., 2020). One encoder reads both sides; its vector of a text is [SentenceVectors]'.
public final class TranslationRanking implements Method {
    private final Encoder encoder;
    private final List<Pair> pairs;
    private final RankTranslations settings;
    private final Precision precision;
    private final long seed;
    private final BatchPlan plan;
    private final Optimisation optimisation;

    /// A text and its translation.
    public record Pair(TokenSequence text, TokenSequence translation) {}

    public TranslationRanking(
            Encoder encoder, List<Pair> pairs, RankTranslations settings, Precision precision, long seed) {
        this.encoder = encoder;
        this.pairs = pairs;
        this.settings = settings;
        this.precision = precision;
        this.seed = seed;
        int[] lengths = pairs.stream()
                .mapToInt(pair ->
                        Math.max(pair.text().ids().length, pair.translation().ids().length))
                .toArray();
        this.plan = new BatchPlan(lengths.length, _ -> lengths, settings.batchSize(), 1, settings.batchOrder(), seed);
        long updates = new Epochs(settings.epochs(), settings.maxUpdates()).updates(plan.updatesPerEpoch());
        this.optimisation = new Optimisation(
                List.of(new ParameterGroup(
                        "encoder",
                        encoder.parameters().byName(),
                        settings.learningRate(),
                        settings.optimiser(),
                        updates)),
                updates,
                plan.updatesPerEpoch());
    }

    @Override
    public Optimisation optimisation() {
        return optimisation;
    }

    @Override
    public List<Objective> objectives(long update) {
        List<Pair> own = IntStream.of(plan.microBatches(update).getFirst())
                .mapToObj(pairs::get)
                .toList();
        Dropout masks = Dropout.of(settings.dropout(), seed, update);
        long tokens = own.stream()
                .mapToLong(pair -> pair.text().ids().length + pair.translation().ids().length)
                .sum();
        return List.of(new Objective(
                "translation ranking",
                List.of(new Objective.Part(1, () -> loss(own, masks))),
                List.of("encoder"),
                2L * own.size(),
                tokens));
    }

    /// Both sides in one batch: the texts, then their translations in the same order.
    private Tensor loss(List<Pair> own, Dropout masks) {
        int n = own.size();
        List<int[]> ids = new ArrayList<>();
        List<int[]> types = new ArrayList<>();
        own.forEach(pair -> add(pair.text(), ids, types));
        own.forEach(pair -> add(pair.translation(), ids, types));
        TokenBatch batch = TokenBatch.of(ids, types, encoder.config().padId());
        Tensor vectors = SentenceVectors.of(encoder, batch, masks, precision); // [2n, d]
        return ContrastiveLoss.ranking(
                vectors.slice(0, 0, n), vectors.slice(0, n, 2L * n), settings.margin(), settings.scale());
    }

    private static void add(TokenSequence sequence, List<int[]> ids, List<int[]> types) {
        ids.add(sequence.ids());
        types.add(sequence.types());
    }
}
