package dev.isogloss.trainer.tokenizer;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.tokenizer.WordCounts.Word;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A trainer of Unigram vocabularies (Kudo, ACL 2018, §3.2): from too many pieces, expectation maximisation fits their
/// probabilities, and those whose loss would cost least are taken out until few enough are left.
///
/// As SentencePiece does it: two rounds of EM between prunings to three quarters, piece scores through the digamma
/// function (which starves rare pieces), letters never pruned. Words are cut at white space and begin with `▁`.
public final class UnigramTrainer {
    static final List<String> SPECIALS = List.of("<s>", "<pad>", "</s>", "<unk>");
    private static final double SHRINK = 0.75;
    private static final double SPARE = 1.1;
    private static final double RARE = 0.5;
    private static final int SEEDS_PER_PIECE = 20;
    private static final int MOST_SEEDS = 1_000_000;

    private List<int[]> pieces;
    private double[] scores;
    private Lattice corpus;
    private final long[] weights;
    private final int letters;

    private UnigramTrainer(WeightedWords words, int vocabularySize) {
        weights = words.weights();
        letters = words.alphabet().length;
        pieces = Seeds.of(words, Math.min(MOST_SEEDS, Math.max(10_000, SEEDS_PER_PIECE * vocabularySize)));
        corpus = Lattice.of(words.letters(), words.starts(), pieces);
        scores = new double[pieces.size()];
        Arrays.fill(scores, -Math.log(pieces.size()));
        scores = scoresOf(corpus.expected(probabilities(), weights));
    }

    /// A `tokenizer.json` from the same arguments as [WordPieceTrainer#train]; `lowercase` leaves accents.
    public static String train(Iterable<String> texts, int vocabularySize, boolean lowercase, Consumer<String> notes) {
        WordCounts counts = new WordCounts();
        for (String text : texts) count(text, lowercase, counts);
        List<Word> sorted = counts.sorted();
        if (sorted.isEmpty()) throw new InvalidInput("The texts hold no word: no tokenizer can be trained on them.");
        WeightedWords words = WeightedWords.of(sorted, WordCounts.alphabet(sorted, Math.max(1, vocabularySize / 2)));
        int wanted = vocabularySize - SPECIALS.size() - 1;
        UnigramTrainer trainer = new UnigramTrainer(words, vocabularySize);
        trainer.fit((int) (wanted * SPARE));
        if (trainer.pieces.size() < wanted)
            notes.accept("The texts have no more than %,d useful pieces; %,d were asked for."
                    .formatted(trainer.pieces.size() + SPECIALS.size() + 1, vocabularySize));
        return trainer.json(words, wanted, lowercase);
    }

    private static void count(String text, boolean lowercase, WordCounts counts) {
        String normal = Normalizer.normalize(SoundText.of(text), Normalizer.Form.NFKC);
        if (lowercase) normal = normal.toLowerCase(Locale.ROOT);
        int start = -1;
        for (int i = 0; i <= normal.length(); i++) {
            char c = i < normal.length() ? normal.charAt(i) : ' ';
            boolean space = c == '▁' || Character.isSpaceChar(c) || Character.isWhitespace(c);
            if (space && start >= 0) {
                counts.add('▁' + normal.substring(start, i));
                start = -1;
            } else if (!space && start < 0) start = i;
        }
    }

    private void fit(int wanted) {
        while (true) {
            for (int round = 0; round < 2; round++) {
                double[] expected = corpus.expected(probabilities(), weights);
                int[] common = IntStream.range(0, pieces.size())
                        .filter(piece -> piece < letters || expected[piece] >= RARE)
                        .toArray();
                keep(common);
                scores = scoresOf(chosen(expected, common));
            }
            if (pieces.size() <= wanted) return;
            keep(dearest(Math.max(wanted, (int) (SHRINK * pieces.size()))));
        }
    }

    /// Goes on with some of the pieces, in their old order.
    private void keep(int[] kept) {
        if (kept.length == pieces.size()) return;
        int[] renumbered = new int[pieces.size()];
        Arrays.fill(renumbered, -1);
        for (int i = 0; i < kept.length; i++) renumbered[kept[i]] = i;
        corpus = corpus.without(renumbered, kept.length);
        scores = chosen(scores, kept);
        List<int[]> old = pieces;
        pieces = Arrays.stream(kept).mapToObj(old::get).toList();
    }

    private static double[] chosen(double[] values, int[] indices) {
        return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
    }

    /// Every piece as a word of its own: what would stand in for it.
    private static Lattice ownWords(List<int[]> pieces) {
        int total = pieces.stream().mapToInt(piece -> piece.length + 1).sum();
        int[] letters = new int[total];
        int[] starts = new int[pieces.size() + 1];
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            starts[i] = at;
            for (int letter : pieces.get(i)) letters[at++] = letter;
            letters[at++] = WeightedWords.END;
        }
        starts[pieces.size()] = at;
        return Lattice.of(letters, starts, pieces);
    }

    private double[] probabilities() {
        return Arrays.stream(scores).map(Math::exp).toArray();
    }

    /// M step: log p = ψ(c) − ψ(Σc), the mean of log p under the Dirichlet posterior. Letters count at least [#RARE],
    /// so that every word can be cut; other pieces at least a trifle, as ψ has a pole at 0.
    private double[] scoresOf(double[] expected) {
        double[] counts = new double[expected.length];
        for (int i = 0; i < counts.length; i++) counts[i] = Math.max(expected[i], i < letters ? RARE : 1e-3);
        double all = digamma(Arrays.stream(counts).sum());
        return Arrays.stream(counts).map(count -> digamma(count) - all).toArray();
    }

    /// ψ(x) for x > 0: the recurrence up to 7, then the asymptotic series.
    static double digamma(double x) {
        double below = 0;
        double y = x;
        for (; y < 7; y++) below -= 1 / y;
        double r = 1 / (y * y);
        return below + Math.log(y) - 0.5 / y - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r / 240)));
    }

    /// The pieces to go on with: letters, and those whose loss would lower the corpus's likelihood most.
    ///
    /// A piece that is gone is replaced by the best cut of itself into others; its count then is theirs.
    private int[] dearest(int size) {
        Lattice own = ownWords(pieces);
        double[] used = corpus.best(scores, weights);
        double total = Arrays.stream(used).sum();
        double[] loss = new double[pieces.size()];
        IntStream.range(0, Lattice.BLOCKS).parallel().forEach(block -> {
            Lattice.Cut cut = new Lattice.Cut();
            int last = own.border(block + 1);
            for (int piece = own.border(block); piece < last; piece++)
                loss[piece] = piece < letters ? Double.POSITIVE_INFINITY : loss(own, piece, used, total, cut);
        });
        return IntStream.range(0, pieces.size())
                .boxed()
                .filter(piece -> loss[piece] > Double.NEGATIVE_INFINITY)
                .sorted(Comparator.comparingDouble((Integer piece) -> -loss[piece]))
                .limit(Math.max(size, letters))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private double loss(Lattice own, int piece, double[] used, double total, Lattice.Cut cut) {
        cut.best(own, piece, scores, piece);
        if (used[piece] == 0 || cut.score > scores[piece]) return Double.NEGATIVE_INFINITY;
        double after = Math.log(total + used[piece] * (cut.size - 1));
        double instead = 0;
        for (int i = 0; i < cut.size; i++) instead += Math.log(used[cut.pieces[i]] + used[piece]) - after;
        return used[piece] / total * (Math.log(used[piece]) - Math.log(total) - instead);
    }

    /// Letters and the best of the rest, by falling score.
    private String json(WeightedWords words, int wanted, boolean lowercase) {
        Comparator<Integer> byScore = Comparator.comparingDouble((Integer piece) -> -scores[piece])
                .thenComparing(piece -> words.text(pieces.get(piece)));
        List<Integer> chosen = IntStream.range(0, pieces.size())
                .boxed()
                .sorted(Comparator.comparing((Integer piece) -> piece >= letters)
                        .thenComparing(byScore))
                .limit(Math.max(0, wanted))
                .sorted(byScore)
                .toList();
        return TokenizerJson.unigram(
                chosen.stream().map(piece -> words.text(pieces.get(piece))).toList(),
                chosen.stream().mapToDouble(piece -> scores[piece]).toArray(),
                lowercase);
    }
}
