package dev.isogloss.trainer.analysis;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.encoder.TokenBatch;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The mean feature of each class, layer by layer, from the embeddings (0) to the last: of texts the first token and
/// the mean over all tokens, of words their first sub-words.
///
/// @param sums   by pooling: [layer][class][d]
/// @param counts of the classes
public record ClassMeans(Map<String, double[][][]> sums, long[] counts) {
    static final String FIRST = "first";
    static final String MEAN = "mean";
    static final String WORD = "word";
    private static final int BATCH = 32;

    /// @param items labelled
    public static ClassMeans of(Model model, List<Item> items, Precision precision) {
        int k = model.labels().size();
        int layers = model.encoder().config().layers() + 1;
        int d = model.encoder().config().hidden();
        Map<String, double[][][]> sums = new LinkedHashMap<>();
        for (String pooling : poolings(model)) sums.put(pooling, new double[layers][k][d]);
        long[] counts = new long[k];
        for (int from = 0; from < items.size(); from += BATCH)
            add(model, items.subList(from, Math.min(items.size(), from + BATCH)), precision, sums, counts);
        return new ClassMeans(sums, counts);
    }

    private static void add(
            Model model, List<Item> items, Precision precision, Map<String, double[][][]> sums, long[] counts) {
        List<Item> read =
                items.stream().filter(item -> item.positions().length > 0).toList();
        if (read.isEmpty()) return;
        try (Scope _ = Scope.open()) {
            Batch batch = model.batch(read);
            EncoderOutput encoded =
                    model.encoder().encode(batch.tokens(), OutputRequest.all().withHidden(), Dropout.none(), precision);
            Tensor members = members(batch.targets(), counts); // [k, n]
            for (int layer = 0; layer < encoded.hidden().size(); layer++) {
                Tensor states = encoded.hidden().get(layer); // [t, d]
                for (var sum : sums.entrySet())
                    accumulate(sum.getValue()[layer], members.matmul(pooled(sum.getKey(), encoded, states, batch)));
            }
        }
    }

    /// 1 where the i-th unit is of the class, [k, n].
    private static Tensor members(long[] targets, long[] counts) {
        float[] members = new float[counts.length * targets.length];
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] < 0) continue;
            members[(int) targets[i] * targets.length + i] = 1;
            counts[(int) targets[i]]++;
        }
        return Tensor.of(members, counts.length, targets.length);
    }

    static List<String> poolings(Model model) {
        return model.head().type() == Head.Token ? List.of(WORD) : List.of(FIRST, MEAN);
    }

    /// Of each unit, in the order of the batch, [n, d].
    ///
    /// @param states of a layer, [t, d]
    static Tensor pooled(String pooling, EncoderOutput encoded, Tensor states, Batch batch) {
        return switch (pooling) {
            case FIRST -> encoded.firstOf(states);
            case MEAN -> mean(states, batch.tokens());
            default -> states.rows(Tensor.of(batch.rows(), batch.rows().length));
        };
    }

    /// Over tokens, padding left out, [b, d].
    private static Tensor mean(Tensor states, TokenBatch tokens) {
        int places = tokens.ids().length;
        long[] starts = tokens.starts();
        float[] share = new float[tokens.texts() * places];
        for (int text = 0; text < tokens.texts(); text++) {
            int from = Math.toIntExact((long) text * places + starts[text]);
            Arrays.fill(share, from, from + tokens.lengths()[text], 1f / tokens.lengths()[text]);
        }
        return Tensor.of(share, tokens.texts(), places).matmul(states);
    }

    private static void accumulate(double[][] into, Tensor sums) {
        double[] flat = sums.toDoubles();
        int d = into[0].length;
        for (int i = 0; i < flat.length; i++) into[i / d][i % d] += flat[i];
    }

    /// The conditional feature shift of each layer: Eqs. (1) and (2),
    ///
    ///     1/k Σⱼ ‖ mean{z : source, y = j} − mean{z : target, y = j} ‖₁
    ///
    /// over the classes that both have.
    ///
    /// @return [layers]; NaN without a common class
    public static double[] shift(ClassMeans source, ClassMeans target, String pooling) {
        double[][][] s = java.util.Objects.requireNonNull(source.sums().get(pooling));
        double[][][] t = java.util.Objects.requireNonNull(target.sums().get(pooling));
        List<Integer> common = new ArrayList<>();
        for (int j = 0; j < source.counts().length; j++)
            if (source.counts()[j] > 0 && target.counts()[j] > 0) common.add(j);
        double[] shift = new double[s.length];
        for (int layer = 0; layer < s.length; layer++) {
            double sum = 0;
            for (int j : common)
                for (int i = 0; i < s[layer][j].length; i++)
                    sum += Math.abs(s[layer][j][i] / source.counts()[j] - t[layer][j][i] / target.counts()[j]);
            shift[layer] = sum / common.size();
        }
        return shift;
    }
}
