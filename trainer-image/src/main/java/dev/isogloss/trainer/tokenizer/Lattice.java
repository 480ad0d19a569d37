package dev.isogloss.trainer.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// All ways to cut words into pieces: for each letter, the pieces that may start there.
///
/// Found once; what pruning removes is taken out in place, so no dictionary is searched again. Work is spread over a
/// fixed number of blocks whose sums are added in order: the number of cores has no say in the result.
final class Lattice {
    static final int BLOCKS = 16;
    /// Below this a product of probabilities has lost its digits; the best cut then stands for all.
    private static final double SMALLEST = 1e-290;

    private final int[] starts; // of words, among the letters
    private final int[] from; // of each letter's pieces, among `pieces`
    private final int[] pieces;
    private final byte[] lengths; // of pieces

    private Lattice(int[] starts, int[] from, int[] pieces, byte[] lengths) {
        this.starts = starts;
        this.from = from;
        this.pieces = pieces;
        this.lengths = lengths;
    }

    static Lattice of(int[] letters, int[] starts, List<int[]> dictionary) {
        byte[] lengths = new byte[dictionary.size()];
        LongIds nodes = new LongIds(dictionary.size() * 3);
        int[] pieceAt = new int[1 << 16];
        Arrays.fill(pieceAt, -1);
        for (int piece = 0; piece < dictionary.size(); piece++) {
            int node = 0;
            for (int letter : dictionary.get(piece)) node = nodes.add((long) node << 32 | letter) + 1;
            int before = pieceAt.length;
            if (node >= before) {
                pieceAt = Arrays.copyOf(pieceAt, Math.max(node + 1, 2 * before));
                Arrays.fill(pieceAt, before, pieceAt.length, -1);
            }
            pieceAt[node] = piece;
            lengths[piece] = (byte) dictionary.get(piece).length;
        }
        int[] from = new int[letters.length + 1];
        int[] pieces = new int[letters.length * 4];
        int at = 0;
        for (int i = 0; i < letters.length; i++) {
            from[i] = at;
            int node = 0;
            for (int j = i; letters[j] >= 0; j++) {
                node = nodes.get((long) node << 32 | letters[j]) + 1;
                if (node == 0) break;
                int piece = node < pieceAt.length ? pieceAt[node] : -1;
                if (piece < 0) continue;
                if (at == pieces.length) pieces = Arrays.copyOf(pieces, at + at / 2);
                pieces[at++] = piece;
            }
        }
        from[letters.length] = at;
        return new Lattice(starts, from, Arrays.copyOf(pieces, at), lengths);
    }

    int words() {
        return starts.length - 1;
    }

    /// Takes out pieces that are no more, and gives the others their new numbers.
    ///
    /// @param renumbered the new number of each piece, or -1
    Lattice without(int[] renumbered, int size) {
        byte[] kept = new byte[size];
        for (int piece = 0; piece < renumbered.length; piece++)
            if (renumbered[piece] >= 0) kept[renumbered[piece]] = lengths[piece];
        int at = 0;
        int edge = 0;
        for (int i = 0; i + 1 < from.length; i++) {
            int end = from[i + 1];
            from[i] = at;
            for (; edge < end; edge++) {
                int piece = renumbered[pieces[edge]];
                if (piece >= 0) pieces[at++] = piece;
            }
        }
        from[from.length - 1] = at;
        return new Lattice(starts, from, pieces, kept);
    }

    /// Expected counts of the pieces under their probabilities, words taken `weights` times (forward-backward).
    double[] expected(double[] probability, long[] weights) {
        double[][] sums = new double[BLOCKS][];
        IntStream.range(0, BLOCKS).parallel().forEach(block -> {
            double[] sum = new double[probability.length];
            double[] alpha = new double[WeightedWords.LONGEST + 1];
            double[] beta = new double[WeightedWords.LONGEST + 1];
            int last = border(block + 1);
            for (int word = border(block); word < last; word++)
                if (weights[word] > 0) expected(word, weights[word], probability, alpha, beta, sum);
            sums[block] = sum;
        });
        return added(sums, probability.length);
    }

    private void expected(int word, long weight, double[] probability, double[] alpha, double[] beta, double[] sum) {
        int start = starts[word];
        int length = starts[word + 1] - 1 - start;
        Arrays.fill(alpha, 0, length + 1, 0);
        alpha[0] = 1;
        for (int i = 0; i < length; i++)
            for (int edge = from[start + i]; edge < from[start + i + 1]; edge++) {
                int piece = pieces[edge];
                alpha[i + lengths[piece]] += alpha[i] * probability[piece];
            }
        beta[length] = 1;
        if (alpha[length] < SMALLEST) {
            Cut cut = new Cut();
            cut.best(this, word, Arrays.stream(probability).map(Math::log).toArray(), -1);
            for (int i = 0; i < cut.size; i++) sum[cut.pieces[i]] += weight;
            return;
        }
        double scale = weight / alpha[length];
        for (int i = length - 1; i >= 0; i--) {
            double all = 0;
            for (int edge = from[start + i]; edge < from[start + i + 1]; edge++) {
                int piece = pieces[edge];
                double path = probability[piece] * beta[i + lengths[piece]];
                all += path;
                sum[piece] += alpha[i] * path * scale;
            }
            beta[i] = all;
        }
    }

    /// Counts of the pieces when every word is cut in its most probable way (Viterbi).
    double[] best(double[] score, long[] weights) {
        double[][] sums = new double[BLOCKS][];
        IntStream.range(0, BLOCKS).parallel().forEach(block -> {
            double[] sum = new double[score.length];
            Cut cut = new Cut();
            int last = border(block + 1);
            for (int word = border(block); word < last; word++) {
                if (weights[word] == 0) continue;
                cut.best(this, word, score, -1);
                for (int i = 0; i < cut.size; i++) sum[cut.pieces[i]] += weights[word];
            }
            sums[block] = sum;
        });
        return added(sums, score.length);
    }

    /// The first word of a block.
    int border(int block) {
        return (int) ((long) words() * block / BLOCKS);
    }

    private static double[] added(double[][] sums, int size) {
        double[] total = new double[size];
        for (double[] sum : sums) for (int i = 0; i < size; i++) total[i] += sum[i];
        return total;
    }

    /// The most probable way to cut a word.
    static final class Cut {
        final int[] pieces = new int[WeightedWords.LONGEST];
        int size;
        double score;
        private final double[] best = new double[WeightedWords.LONGEST + 1];
        private final int[] by = new int[WeightedWords.LONGEST + 1];

        /// @param without a piece that may not be used, or -1
        void best(Lattice lattice, int word, double[] scores, int without) {
            int start = lattice.starts[word];
            int length = lattice.starts[word + 1] - 1 - start;
            Arrays.fill(best, 0, length + 1, Double.NEGATIVE_INFINITY);
            best[0] = 0;
            for (int i = 0; i < length; i++)
                for (int edge = lattice.from[start + i]; edge < lattice.from[start + i + 1]; edge++) {
                    int piece = lattice.pieces[edge];
                    if (piece == without) continue;
                    int end = i + lattice.lengths[piece];
                    if (best[i] + scores[piece] > best[end]) {
                        best[end] = best[i] + scores[piece];
                        by[end] = piece;
                    }
                }
            score = best[length];
            size = 0;
            if (score == Double.NEGATIVE_INFINITY) return;
            for (int end = length; end > 0; end -= lattice.lengths[by[end]]) pieces[size++] = by[end];
        }
    }
}
