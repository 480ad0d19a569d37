package dev.isogloss.trainer.encoder;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.AttentionGroups;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Fused;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import dev.isogloss.trainer.tensor.WordCrossEntropy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A transformer encoder of the BERT or RoBERTa family: embeddings, layers, pooler, and a head that scores words.
///
/// ```java
/// Dropout dropout = encoder.dropout(seed, update);
/// EncoderOutput encoded = encoder.encode(batch, OutputRequest.first(), dropout, Precision.Float32);
/// Tensor sentence = encoder.pooled(encoded.first());                                       // [b, h]
/// ```
public final class Encoder implements AutoCloseable {

    private final EncoderConfig config;
    private final Parameters parameters;
    private final Parameters mlmHead;
    private @Nullable VocabularyReduction compaction;
    private @Nullable Parameters reduced;
    private boolean recomputing;

    Encoder(EncoderConfig config, Parameters parameters, Parameters mlmHead) {
        this.config = config;
        this.parameters = parameters;
        this.mlmHead = mlmHead;
    }

    /// New weights, BERT's way: N(0, 0.02²), biases 0. With a head for words.
    public static Encoder fresh(EncoderConfig config, RandomStream stream) {
        Encoder encoder = new Encoder(config, new Parameters(), new Parameters());
        Weights.initialise(encoder.parameters, Weights.shapes(config), config, stream);
        encoder.addMlmHead(stream);
        return encoder;
    }

    /// The encoder of a folder with `config.json` and safetensors, whatever stands on it there.
    ///
    /// @throws dev.isogloss.api.InvalidInput if there is none, or a damaged one
    public static Encoder load(Path folder) {
        try (Scope _ = Scope.open()) {
            return ModelFolder.readEncoder(InputFolder.anywhere(folder)).encoder();
        }
    }

    public EncoderConfig config() {
        return config;
    }

    /// All weights but those of the masked-language-model head, by Hugging Face's names without the family's prefix,
    /// the pooler's last.
    public Parameters parameters() {
        return parameters;
    }

    /// The word table, [v, h], which may be reduced ([#compact]).
    public Tensor words() {
        return parameters.get(Weights.WORDS);
    }

    /// The weights of the masked-language-model head but the table it shares with the embeddings; empty if a folder
    /// without them was loaded.
    public Parameters mlmHead() {
        return mlmHead;
    }

    /// Gives an encoder that has none a new masked-language-model head.
    public void addMlmHead(RandomStream stream) {
        Weights.initialise(mlmHead, Weights.mlmHeadShapes(config), config, stream);
    }

    /// Dropout with the probabilities this encoder was configured with.
    public Dropout dropout(long seed, long update) {
        return Dropout.of(config.dropout(), config.attentionDropout(), seed, update);
    }

    /// Computes layers once more in the backward pass instead of keeping them: a fraction of the memory
    /// for a third more time. The same bits, except that a state with several readers adds their gradients in
    /// another order.
    public void recompute(boolean on) {
        recomputing = on;
    }

    // ---- forward

    /// @param batch of texts no longer than [EncoderConfig#longestInput]
    /// @param precision of the matrix products; 32 bits in the layers whose attention is read
    public EncoderOutput encode(TokenBatch batch, OutputRequest read, Dropout dropout, Precision precision) {
        return encode(embed(batch, dropout), batch, read, dropout, precision);
    }

    /// The layers alone, from embeddings that may have been changed.
    ///
    /// @param embeddings [t, h], as [#embed] gives them
    public EncoderOutput encode(
            Tensor embeddings, TokenBatch batch, OutputRequest read, Dropout dropout, Precision precision) {
        AttentionGroups groups = AttentionGroups.of(batch.lengths(), batch.places(), config.heads());
        List<Tensor> hidden = new ArrayList<>();
        List<EncoderOutput.Attention> attentions = new ArrayList<>();
        Tensor x = embeddings;
        for (int i = 0; i < config.layers(); i++) {
            hidden.add(x);
            boolean first = read.isFirstOnly(i + 1, config.layers());
            EncoderLayer layer = new EncoderLayer(parameters, Weights.layer(i), config);
            if (read.attentions().include(i + 1)) {
                AttentionGroups whole = AttentionGroups.whole(batch.lengths(), batch.places());
                EncoderLayer.Output output = layer.apply(x, whole, dropout.fork(), first);
                attentions.add(output.attention());
                x = output.hidden();
            } else {
                x = fused(layer, x, groups, dropout.fork(), first, precision);
            }
        }
        hidden.add(x);
        return new EncoderOutput(
                batch, embeddings, read.hidden() ? List.copyOf(hidden) : List.of(), List.copyOf(attentions), x);
    }

    private Tensor fused(
            EncoderLayer layer, Tensor x, AttentionGroups groups, Dropout dropout, boolean first, Precision precision) {
        return Fused.encoderLayer(
                x,
                groups,
                layer.weights(),
                dropout,
                config.heads(),
                first,
                precision,
                config.layerNormEpsilon(),
                recomputing);
    }

    /// The input of the first layer: words, positions and types, normalised, with dropout; [t, h].
    public Tensor embed(TokenBatch batch, Dropout dropout) {
        return embed(batch, words(), dropout);
    }

    /// The same with another word table in the place of the encoder's.
    ///
    /// @param words of the same shape as the encoder's, which may be reduced ([#compact])
    public Tensor embed(TokenBatch batch, Tensor words, Dropout dropout) {
        if (batch.longest() > config.longestInput()) {
            throw new IllegalArgumentException(
                    "a text of %d tokens is longer than the %d this encoder has positions for"
                            .formatted(batch.longest(), config.longestInput()));
        }
        boolean fromPadding = config.family().countsPositionsFromPadding();
        boolean shared = !fromPadding && batch.isEven(); // then all texts have the same positions, and one row each
        boolean typed = config.typeVocabulary() > 1 && batch.hasSecondType();
        long[] shape = shared ? new long[] {batch.texts(), batch.longest()} : new long[] {batch.ids().length};
        Tensor embedded = Fused.embed(
                Tensor.of(places(batch.ids()), shape),
                shared ? Tensor.arange(batch.longest()) : Tensor.of(positions(batch), shape),
                typed ? Tensor.of(batch.types(), shape) : null,
                embeddingWeights(words),
                compaction == null ? config.padId() : compaction.place(config.padId()),
                fromPadding ? config.padId() : -1,
                config.layerNormEpsilon());
        return dropout.fork().apply(embedded, batch.places());
    }

    private List<Tensor> embeddingWeights(Tensor words) {
        return List.of(
                words,
                parameters.get(Weights.POSITIONS),
                parameters.get(Weights.TYPES),
                parameters.get("embeddings.LayerNorm.weight"),
                parameters.get("embeddings.LayerNorm.bias"));
    }

    /// 0, 1, ... in each text; or padId + 1, padId + 2, ... for tokens and padId for padding wherever it stands.
    private long[] positions(TokenBatch batch) {
        boolean fromPadding = config.family().countsPositionsFromPadding();
        long[] positions = new long[batch.ids().length];
        int place = 0;
        for (int places : batch.places()) {
            long before = fromPadding ? config.padId() : -1;
            for (int end = place + places; place < end; place++) {
                boolean skipped = fromPadding && batch.ids()[place] == config.padId();
                positions[place] = skipped ? config.padId() : ++before;
            }
        }
        return positions;
    }

    // ---- heads

    /// tanh(W x + b), [b, h], of the first token's last state [b, h].
    public Tensor pooled(Tensor first) {
        return first.linear(parameters.get("pooler.dense.weight"), parameters.get("pooler.dense.bias"))
                .tanh();
    }

    /// Scores of all words, [n, v], for rows of the last layer, [n, h], usually those at masked positions. A row's
    /// scores depend on that row alone, so leaving the others out changes nothing.
    public Tensor maskedLogits(Tensor rows, Precision precision) {
        return Fused.wordScores(rows, wordScoreWeights(), precision, config.layerNormEpsilon());
    }

    /// The mean over rows, [n, h], of −log softmax([#maskedLogits])[word], shape []. Gradients are taken at once, so
    /// that no more rows than said have scores in memory.
    ///
    /// @param words the right word of each row
    public Tensor maskedLoss(Tensor rows, long[] words, int rowsAtOnce, Precision precision) {
        List<Tensor> weights = wordScoreWeights();
        Tensor features = Fused.wordFeatures(rows, weights.subList(0, 4), precision, config.layerNormEpsilon());
        return WordCrossEntropy.mean(features, weights.get(4), weights.get(5), words, rowsAtOnce, precision);
    }

    /// The head's dense layer and norm, then the word table and a bias for each word.
    private List<Tensor> wordScoreWeights() {
        if (mlmHead.names().isEmpty()) {
            throw new IllegalStateException("this encoder was loaded without a head for words; call addMlmHead first");
        }
        if (compaction != null) {
            throw new IllegalStateException("words cannot be scored while the word table is reduced");
        }
        List<String> names = MlmHeadNames.of(config.family()).all();
        return Stream.of(
                        mlmHead.tensors(names.subList(0, 4)).stream(),
                        Stream.of(parameters.get(Weights.WORDS)),
                        Stream.of(mlmHead.get(names.getLast())))
                .flatMap(tensors -> tensors)
                .toList();
    }

    public Tensor maskedLogits(Tensor rows) {
        return maskedLogits(rows, Precision.Float32);
    }

    // ---- words that do not occur

    /// Reduces the word table to the ids that will occur (padding included without asking), until [#expand]. Ids of
    /// batches stay as they are. Call before the optimiser looks at the weights' shapes.
    public VocabularyReduction compact(BitSet usedIds) {
        if (compaction != null) {
            throw new IllegalStateException("the word table is reduced already");
        }
        BitSet used = (BitSet) usedIds.clone();
        used.set(config.padId());
        Parameters whole = new Parameters();
        try (Scope _ = Scope.open()) {
            whole.put(Weights.WORDS, parameters.get(Weights.WORDS));
            compaction = new VocabularyReduction(whole.get(Weights.WORDS), used);
            parameters.put(Weights.WORDS, whole.get(Weights.WORDS).rows(compaction.index()));
        }
        reduced = whole;
        return compaction;
    }

    /// Gives the table all its rows back; see [VocabularyReduction].
    public void expand() {
        if (compaction == null || reduced == null) {
            return;
        }
        try (Scope _ = Scope.open()) {
            parameters.put(Weights.WORDS, compaction.expanded(parameters.get(Weights.WORDS)));
        }
        reduced.close();
        compaction = null;
        reduced = null;
    }

    /// All weights with the word table at its full size, as a folder needs them while [#compact] is in force; rows
    /// that no batch reads appear as [#expand] would leave them.
    Map<String, Tensor> completeWeights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        parameters.names().forEach(name -> weights.put(name, parameters.get(name)));
        if (compaction != null) {
            weights.put(Weights.WORDS, compaction.expanded(parameters.get(Weights.WORDS)));
        }
        return weights;
    }

    private long[] places(long[] ids) {
        VocabularyReduction now = compaction;
        if (now == null) {
            return ids;
        }
        long[] places = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            places[i] = now.place(ids[i]);
        }
        return places;
    }

    /// An independent copy of all weights. The word table must not be reduced.
    public Encoder copy() {
        if (compaction != null) {
            throw new IllegalStateException("expand the word table before copying the encoder");
        }
        return new Encoder(config, parameters.copy(), mlmHead.copy());
    }

    @Override
    public void close() {
        parameters.close();
        mlmHead.close();
        if (reduced != null) {
            reduced.close();
        }
    }
}
