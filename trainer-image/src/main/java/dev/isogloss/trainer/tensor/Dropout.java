package dev.isogloss.trainer.tensor;

import dev.isogloss.trainer.random.RandomStream;
import java.util.List;

/// Dropout (Srivastava et al., 2014) whose every factor is a hash of (seed, update, site, text, position, unit), for
/// attention of (seed, update, site, text, head, query, key); a text counts by its number in the batch. So there is
/// nothing to save, nothing to restore, a part that is computed again gets the same factors again, and no factor
/// depends on what else is in a batch. One object serves one update; its sites are counted in the order they are
/// asked for.
///
/// Factors are 0 with the probability and 1/(1 − probability) otherwise, so means are kept. They are written by Java,
/// forty times as fast as libtorch 2.7 draws them on a CPU, straight into memory that libtorch owns: a mask lives as
/// long as the last graph that reads it, however many forward passes an update has.
public final class Dropout {

    private static final Dropout NONE = new Dropout(0, 0, 0);

    private final double hidden;
    private final double attention;
    private final long key;
    private long sites;

    private Dropout(double hidden, double attention, long key) {
        this.hidden = checked(hidden);
        this.attention = checked(attention);
        this.key = key;
    }

    /// Everything survives, as in prediction.
    public static Dropout none() {
        return NONE;
    }

    public static Dropout of(double probability, long seed, long update) {
        return of(probability, probability, seed, update);
    }

    /// @param hidden probability for hidden states
    /// @param attention probability for attention probabilities
    public static Dropout of(double hidden, double attention, long seed, long update) {
        return new Dropout(hidden, attention, RandomStream.key(seed, "dropout", update));
    }

    /// Another probability for what follows, for a head that has its own. Its sites are its own, too. In prediction
    /// everything still survives.
    public Dropout with(double probability) {
        return this == NONE ? this : new Dropout(probability, probability, forkKey());
    }

    /// Masks of their own for a part of the computation, which can be drawn [#again].
    public Dropout fork() {
        return isNone() ? this : new Dropout(hidden, attention, forkKey());
    }

    /// This object as it was when it was new: the same masks in the same order.
    public Dropout again() {
        return isNone() ? this : new Dropout(hidden, attention, key);
    }

    public boolean isNone() {
        return hidden == 0 && attention == 0;
    }

    public double probability() {
        return hidden;
    }

    public double attentionProbability() {
        return attention;
    }

    /// x with some of its elements zeroed and the others enlarged; its first axis is texts.
    public Tensor apply(Tensor x) {
        return hidden == 0 ? x : x.times(mask(x.shape()));
    }

    /// The same of all tokens of a batch.
    ///
    /// @param x      [t, h]: text after text
    /// @param counts the rows of each text
    public Tensor apply(Tensor x, int[] counts) {
        return hidden == 0 ? x : x.times(tokenMask(counts, x.size(1)));
    }

    /// The same of some tokens of a batch.
    ///
    /// @param x      [n, h]
    /// @param rows   [n]: their numbers among all rows
    /// @param counts the rows of each text
    public Tensor apply(Tensor x, Tensor rows, int[] counts) {
        return hidden == 0 ? x : x.times(tokenMask(counts, x.size(1)).rows(rows));
    }

    /// The factors for hidden states of a shape whose first axis is texts; an axis of size 1 shares them along that
    /// axis.
    public Tensor mask(long... shape) {
        int texts = Math.toIntExact(shape[0]);
        int each = texts == 0 ? 0 : Math.toIntExact(HostMemory.count(shape) / texts);
        return Masks.floats(siteKey(), hidden, 1 / (1 - hidden), texts, each, shape);
    }

    /// The factors for the hidden states of all tokens, [t, width], text after text. The first row of a text has those
    /// of its row in [#mask].
    ///
    /// @param counts the rows of each text
    public Tensor tokenMask(int[] counts, long width) {
        int[] each = new int[counts.length];
        long rows = 0;
        for (int text = 0; text < counts.length; text++) {
            each[text] = Math.toIntExact(counts[text] * width);
            rows += counts[text];
        }
        return Masks.floats(siteKey(), hidden, 1 / (1 - hidden), each, rows, width);
    }

    /// The factors for attention probabilities, of each group [texts, heads, queries, width].
    ///
    /// @param first whether only first tokens ask
    public List<Tensor> attentionMasks(AttentionGroups groups, int heads, boolean first) {
        return attention(groups, heads, first, 1 / (1 - attention));
    }

    /// The same choice as 0 and 1, for a layer in 16 bits: there 1/(1 − p) would be rounded to a number that is off
    /// in the third digit, so the layer multiplies with it later.
    List<Tensor> attentionChoices(AttentionGroups groups, int heads, boolean first) {
        return attention(groups, heads, first, 1);
    }

    private List<Tensor> attention(AttentionGroups groups, int heads, boolean first, double survivor) {
        long site = siteKey();
        return groups.groups().stream()
                .map(group -> Masks.attention(
                        site, attention, survivor, group.texts(), heads, first ? 1 : group.width(), group.width()))
                .toList();
    }

    /// A seed for attention kernels that drop probabilities by a generator of their own.
    long attentionKey() {
        return siteKey();
    }

    private long siteKey() {
        return RandomStream.mix(key ^ sites++);
    }

    private long forkKey() {
        return RandomStream.mix(~(key ^ sites++));
    }

    private static double checked(double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("a dropout probability of %s is not in [0, 1)".formatted(probability));
        }
        return probability;
    }
}
