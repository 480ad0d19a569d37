package dev.isogloss.trainer.task;

import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.Parser;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The biaffine parser of Dozat & Manning, ICLR 2017, as Wu et al. 2022 use it (their code, `dependency_parser.py`): no
/// parts of speech, first sub-words alone, and the sequence's first token as the root.
///
///     aᵢ = elu(W₁hᵢ + b₁),  cⱼ = elu(W₂hⱼ + b₂)      dᵢ = elu(W₃hᵢ + b₃),  eⱼ = elu(W₄hⱼ + b₄)
///     s(i, j)    =  [aᵢ; 1]ᵀ U [cⱼ; 1] + u               head j for the word i
///     t(i, j, r) =  dᵢᵀ V_r eⱼ + v_r                      with the relation r
///     L  =  1/N Σᵢ −log softmaxⱼ s(i, ·)[headᵢ]  +  1/N Σᵢ −log softmax_r t(i, headᵢ, ·)[relationᵢ]
///
/// *Authors' code*: words at the root have no loss and are not counted, and the root is no head of the softmax:
/// [Parser.Root#Unscored]. Here they are learnt.
///
/// @param variational one dropout mask a sentence for what the head reads, shared by its words
public record BiaffineHead(boolean variational, Parser parser) implements TaskHead {
    private static final float FORBIDDEN = -1e30f;
    private static final String ARC = "classifier.arc.";
    private static final String RELATION = "classifier.relation.";

    /// What words are scored by, [b, m, width], behind dropout.
    private record Vectors(Tensor dependents, Tensor heads, Tensor relationDependents, Tensor relationHeads) {}

    @Override
    public Head type() {
        return Head.Biaffine;
    }

    @Override
    public OutputRequest read() {
        return OutputRequest.all();
    }

    @Override
    public boolean usesPooler(EncoderConfig encoder) {
        return false;
    }

    /// Layers and relation scorers as torch's `Linear` and `Bilinear` begin, U(±1/√in); the arc scorer U(±√(6/(in +
    /// out))), its bias 0, as AllenNLP begins.
    @Override
    public Map<String, Tensor> fresh(EncoderConfig encoder, int labels, RandomStream random) {
        int arc = parser.arcWidth();
        int relation = parser.relationWidth();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        layer(weights, ARC + "dependent", arc, encoder.hidden(), random);
        layer(weights, ARC + "head", arc, encoder.hidden(), random);
        weights.put(ARC + "bilinear", uniform(random, Math.sqrt(3.0 / (arc + 1)), arc + 1, arc + 1));
        weights.put(ARC + "bias", Tensor.zeros(1));
        layer(weights, RELATION + "dependent", relation, encoder.hidden(), random);
        layer(weights, RELATION + "head", relation, encoder.hidden(), random);
        double bound = 1 / Math.sqrt(relation);
        weights.put(RELATION + "bilinear", uniform(random, bound, labels, relation, relation));
        weights.put(RELATION + "bias", uniform(random, bound, labels));
        return weights;
    }

    private static void layer(Map<String, Tensor> into, String name, int out, int in, RandomStream random) {
        double bound = 1 / Math.sqrt(in);
        into.put(name + ".weight", uniform(random, bound, out, in));
        into.put(name + ".bias", uniform(random, bound, out));
    }

    private static Tensor uniform(RandomStream random, double bound, long... shape) {
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        return Tensor.of(values, shape);
    }

    @Override
    public Tensor loss(
            Encoder encoder,
            Parameters weights,
            EncoderOutput encoded,
            Batch batch,
            Criterion criterion,
            Dropout dropout) {
        TreeBatch trees = TreeBatch.of(batch, labels(weights));
        Vectors vectors = vectors(weights, encoded, trees, dropout); // [b, m, ·]
        Tensor dependents = index(trees.labelled()); // [N]
        Tensor arcs =
                arcScores(weights, vectors, trees).reshape(-1, trees.width()).rows(dependents); // [N, m]
        Tensor relations = relationScores( // [N, r, 1]
                weights,
                vectors.relationDependents().reshape(-1, parser.relationWidth()).rows(dependents),
                vectors.relationHeads()
                        .reshape(-1, parser.relationWidth())
                        .rows(index(trees.heads()))
                        .reshape(-1, parser.relationWidth(), 1));
        Arc[] gold = trees.arcs();
        long[] heads = Arrays.stream(gold).mapToLong(Arc::head).toArray();
        long[] labels = Arrays.stream(gold).mapToLong(Arc::relation).toArray();
        return crossEntropy(arcs, heads).plus(crossEntropy(relations.reshape(-1, labels(weights)), labels));
    }

    private static Tensor crossEntropy(Tensor logits, long[] labels) {
        return Losses.crossEntropy(logits, index(labels), 0, Item.UNLABELLED);
    }

    /// For every word 3·(n + 1) numbers, n the words of its sentence: log p(j) of each head j from the root on, the
    /// logarithm of the probability of the best relation to it, and that relation's number.
    @Override
    public LateOutputs outputs(Encoder encoder, Parameters weights, EncoderOutput encoded, Batch batch) {
        TreeBatch trees = TreeBatch.of(batch, labels(weights));
        Vectors vectors = vectors(weights, encoded, trees, Dropout.none());
        float[] arcs = arcScores(weights, vectors, trees).logSoftmax(2).toFloats(); // [b, m, m]
        List<float[][]> items = new ArrayList<>();
        for (int row = 0; row < trees.sentences(); row++) {
            int words = trees.words()[row];
            Tensor scores = relationScores( // [n, r, n + 1]
                            weights,
                            vectors.relationDependents().select(0, row).slice(0, 1, words + 1),
                            vectors.relationHeads()
                                    .select(0, row)
                                    .slice(0, 0, words + 1)
                                    .transpose(0, 1))
                    .logSoftmax(1);
            float[] best = scores.max(1).toFloats(); // [n, n + 1]
            long[] which = scores.argmax(1).toLongs(); // [n, n + 1]
            float[][] item = new float[words][];
            for (int word = 0; word < words; word++) {
                int from = (row * trees.width() + word + 1) * trees.width();
                item[word] = new float[3 * (words + 1)];
                System.arraycopy(arcs, from, item[word], 0, words + 1);
                System.arraycopy(best, word * (words + 1), item[word], words + 1, words + 1);
                for (int head = 0; head <= words; head++)
                    item[word][2 * (words + 1) + head] = which[word * (words + 1) + head];
            }
            items.add(item);
        }
        return new LateOutputs.There(items);
    }

    private Vectors vectors(Parameters weights, EncoderOutput encoded, TreeBatch trees, Dropout dropout) {
        Tensor states = encoded.last(); // [t, d]
        Tensor rows = index(trees.tokens()); // [b·m]
        Tensor words = states.rows(rows); // [b·m, d]
        Tensor dropped =
                variational ? words : dropout.apply(words, rows, encoded.batch().places());
        Tensor sentences = dropped.reshape(trees.sentences(), trees.width(), -1); // [b, m, d]
        Tensor read = variational ? shared(sentences, dropout) : sentences;
        Dropout inside = dropout.with(parser.dropout());
        return new Vectors(
                shared(layer(weights, ARC + "dependent", read), inside),
                shared(layer(weights, ARC + "head", read), inside),
                shared(layer(weights, RELATION + "dependent", read), inside),
                shared(layer(weights, RELATION + "head", read), inside));
    }

    private static Tensor layer(Parameters weights, String name, Tensor read) {
        return read.linear(weights.get(name + ".weight"), weights.get(name + ".bias"))
                .elu();
    }

    /// One mask a sentence, the same for all its words (Gal & Ghahramani, NIPS 2016).
    private static Tensor shared(Tensor x, Dropout dropout) {
        return dropout.probability() == 0 ? x : x.times(dropout.mask(x.size(0), 1, x.size(2)));
    }

    /// [b, m, m]: dependents in rows, heads in columns; the row of the root means nothing.
    private Tensor arcScores(Parameters weights, Vectors vectors, TreeBatch trees) {
        Tensor dependents = withOne(vectors.dependents()); // [b, m, a + 1]
        Tensor heads = withOne(vectors.heads()).transpose(1, 2); // [b, a + 1, m]
        Tensor scores =
                dependents.matmul(weights.get(ARC + "bilinear")).matmul(heads).plus(weights.get(ARC + "bias"));
        float[] mask = trees.mask(FORBIDDEN, parser.root() == Parser.Root.Scored);
        return scores.plus(
                Tensor.of(mask, trees.sentences(), trees.width(), trees.width()).asTypeOf(scores));
    }

    private static Tensor withOne(Tensor x) {
        return Tensor.concat(2, List.of(x, Tensor.ones(x.size(0), x.size(1), 1).asTypeOf(x)));
    }

    /// @param dependents [n, w]
    /// @param heads      [w, k] of all dependents, or [n, w, k] of each
    /// @return [n, r, k]
    private static Tensor relationScores(Parameters weights, Tensor dependents, Tensor heads) {
        Tensor bilinear = weights.get(RELATION + "bilinear"); // [r, w, w]
        long relations = bilinear.size(0);
        long width = bilinear.size(1);
        Tensor beside = bilinear.transpose(0, 1).reshape(width, relations * width); // [w, r · w]
        return dependents
                .matmul(beside)
                .reshape(-1, relations, width)
                .matmul(heads)
                .plus(weights.get(RELATION + "bias").reshape(relations, 1));
    }

    private static int labels(Parameters weights) {
        return (int) weights.get(RELATION + "bias").size(0);
    }

    private static Tensor index(long[] numbers) {
        return Tensor.of(numbers, numbers.length);
    }
}
