package dev.isogloss.trainer.task;

import dev.isogloss.api.method.FineTune.PenaltyOver;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.LateFloats;
import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// From the encoder's output to logits. Parameters are named as `transformers` names them, so that a saved folder opens
/// there.
///
/// | head       | BERT                                   | RoBERTa                                         |
/// |------------|----------------------------------------|-------------------------------------------------|
/// | Pooled     | pooler's tanh → dropout → `classifier` | dropout → `dense` → tanh → dropout → `out_proj` |
/// | FirstToken | dropout → `classifier`                 | the same                                        |
/// | Token      | dropout → `classifier`, every word     | the same                                        |
///
/// RoBERTa's `dense` and `out_proj` stand below `classifier.` as well.
///
/// @param variational one dropout mask a sequence, shared by its tokens (Wu et al. 2022's code, `model/base.py`)
public record ClassifierHead(Head type, boolean variational) implements TaskHead {
    private static final double INITIAL_DEVIATION = 0.02;

    @Override
    public OutputRequest read() {
        return type == Head.Token ? OutputRequest.all() : OutputRequest.first();
    }

    /// Weights from N(0, 0.02²), biases 0, as BERT is initialised.
    @Override
    public Map<String, Tensor> fresh(EncoderConfig encoder, int labels, RandomStream random) {
        int width = encoder.hidden();
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        if (hasOwnDense(encoder)) {
            linear(parameters, "classifier.dense", width, width, random);
            linear(parameters, "classifier.out_proj", labels, width, random);
        } else {
            linear(parameters, "classifier", labels, width, random);
        }
        return parameters;
    }

    @Override
    public Tensor loss(
            Encoder encoder,
            Parameters weights,
            EncoderOutput encoded,
            Batch batch,
            Criterion criterion,
            Dropout dropout) {
        boolean everywhere = criterion.confidencePenalty() > 0 && criterion.penaltyOver() == PenaltyOver.Tokens;
        Tensor all = everywhere ? tokenLogits(encoder, weights, encoded, dropout) : null; // [t, k]
        Tensor logits = all == null
                ? logits(encoder, weights, encoded, batch, dropout)
                : all.rows(index(batch.rows())); // [n, k]
        Tensor loss = Losses.crossEntropy(logits, index(batch.targets()), criterion.labelSmoothing(), Item.UNLABELLED);
        if (criterion.confidencePenalty() == 0) return loss;
        long[] counted = all == null ? batch.labelled() : batch.tokens().unpadded();
        if (counted.length == 0) return loss;
        Tensor penalised = (all == null ? logits : all).rows(index(counted)); // [m, k]
        return loss.plus(Losses.negativeEntropy(penalised).times(criterion.confidencePenalty()));
    }

    /// [t, k]: the logits of every place.
    private Tensor tokenLogits(Encoder encoder, Parameters weights, EncoderOutput encoded, Dropout dropout) {
        Tensor last = encoded.last(); // [t, d]
        TokenBatch tokens = encoded.batch();
        long[] everywhere = LongStream.range(0, last.size(0)).toArray();
        boolean shared = variational && !dropout.isNone();
        Tensor read = shared
                ? shared(last, tokens.textsAt(everywhere), tokens, dropout)
                : dropout.apply(last, tokens.places());
        return logits(encoder, weights, read, dropout);
    }

    private static Tensor index(long[] numbers) {
        return Tensor.of(numbers, numbers.length);
    }

    /// The softmax, [its predictions][labels].
    @Override
    public LateOutputs outputs(Encoder encoder, Parameters weights, EncoderOutput encoded, Batch batch) {
        Tensor probabilities =
                logits(encoder, weights, encoded, batch, Dropout.none()).softmax(1); // [n, k]
        int labels = (int) probabilities.size(1);
        int[] counts = batch.predictions();
        return new LateOutputs.Copied(LateFloats.of(probabilities), flat -> items(flat, counts, labels));
    }

    private static List<float[][]> items(float[] flat, int[] counts, int labels) {
        List<float[][]> items = new ArrayList<>();
        int next = 0;
        for (int predictions : counts) {
            int from = next;
            items.add(IntStream.range(from, from + predictions)
                    .mapToObj(i -> Arrays.copyOfRange(flat, i * labels, (i + 1) * labels))
                    .toArray(float[][]::new));
            next += predictions;
        }
        return items;
    }

    /// @param encoded as asked for by [#read()]
    /// @return [n, k]: n the predictions of the batch, k the labels
    public Tensor logits(Encoder encoder, Parameters weights, EncoderOutput encoded, Batch batch, Dropout dropout) {
        return scored(encoder, weights, encoded, batch, dropout).logits();
    }

    /// The logits, and the features that they are read from.
    public HeadOutput scored(Encoder encoder, Parameters weights, EncoderOutput encoded, Batch batch, Dropout dropout) {
        Tensor features = features(encoder, encoded, batch); // [n, d]
        Tensor read = dropped(features, batch, dropout); // [n, d]
        return new HeadOutput(features, logits(encoder, weights, read, dropout));
    }

    private Tensor logits(Encoder encoder, Parameters weights, Tensor read, Dropout dropout) {
        if (!hasOwnDense(encoder.config()))
            return read.linear(weights.get("classifier.weight"), weights.get("classifier.bias"));
        Tensor dense = read.linear(weights.get("classifier.dense.weight"), weights.get("classifier.dense.bias"))
                .tanh(); // [n, d]
        return dropout.apply(dense)
                .linear(weights.get("classifier.out_proj.weight"), weights.get("classifier.out_proj.bias"));
    }

    private Tensor features(Encoder encoder, EncoderOutput encoded, Batch batch) {
        return switch (type) {
            case Pooled -> usesPooler(encoder.config()) ? encoder.pooled(encoded.first()) : encoded.first(); // [b, d]
            case FirstToken -> encoded.first(); // [b, d]
            case Token -> encoded.last().rows(index(batch.rows())); // [n, d]
            case Biaffine -> throw new IllegalStateException("a parser is no classifier");
        };
    }

    private Tensor dropped(Tensor features, Batch batch, Dropout dropout) {
        if (type != Head.Token || dropout.isNone()) return dropout.apply(features);
        TokenBatch tokens = batch.tokens();
        return variational
                ? shared(features, tokens.textsAt(batch.rows()), tokens, dropout)
                : dropout.apply(features, index(batch.rows()), tokens.places());
    }

    /// @param x     [n, d]
    /// @param texts of which each row is one, [n]
    private static Tensor shared(Tensor x, long[] texts, TokenBatch tokens, Dropout dropout) {
        return x.times(dropout.mask(tokens.texts(), x.size(1)).rows(index(texts)));
    }

    @Override
    public boolean usesPooler(EncoderConfig encoder) {
        return type == Head.Pooled && encoder.family() == EncoderFamily.BERT;
    }

    private boolean hasOwnDense(EncoderConfig encoder) {
        return type == Head.Pooled && encoder.family() != EncoderFamily.BERT;
    }

    private static void linear(Map<String, Tensor> into, String name, int out, int in, RandomStream random) {
        into.put(name + ".weight", Tensor.of(random.gaussians(out * in, INITIAL_DEVIATION), out, in));
        into.put(name + ".bias", Tensor.zeros(out));
    }
}
