package dev.isogloss.trainer.augment;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.MaskedLanguageModelAugmentation.Fill;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// "Successive max" (Bari et al., ACL 2021, section 3.2): the words of a text are replaced one after the other. All
/// pieces of a word give way to one mask, the most probable piece is written in its place, and the next mask sees it.
///
///     x ← x with word p₁ masked;  x_p₁ ← argmax_v P(v | x);  x ← x with word p₂ masked;  …
///
/// Which pieces may be written, `Fill` says. Texts do not depend on each other, so the r-th masks of all of them are
/// filled together.
public final class SuccessiveMasking {
    /// Tokens a batch, padding included.
    private static final int TOKENS_PER_BATCH = 4096;

    /// Scores of words a batch: 64 MB.
    private static final long SCORES_PER_BATCH = 1 << 24;

    private final Encoder encoder;
    private final Tokenizer tokenizer;
    private final Precision precision;
    private final int mask;
    private final Candidates candidates;

    /// @throws InvalidInput if the encoder has no head for words, or its tokenizer no mask
    public SuccessiveMasking(Encoder encoder, Tokenizer tokenizer, Fill fill, Precision precision, String name) {
        if (encoder.mlmHead().names().isEmpty()) throw noHead(name);
        this.encoder = encoder;
        this.tokenizer = tokenizer;
        this.precision = precision;
        this.mask = tokenizer
                .maskId()
                .orElseThrow(() -> new InvalidInput(
                        "The tokenizer of encoder %s has no mask token ([MASK] or <mask>), so it cannot make copies."
                                .formatted(name)));
        this.candidates = new Candidates(tokenizer, encoder.config().vocabularySize(), fill);
    }

    /// What is to be told of an encoder without a head for words.
    public static InvalidInput noHead(String name) {
        return new InvalidInput(("The encoder %s has no masked-language-model head, which makes the copies. Write"
                        + " strategy.triTraining.augment.maskedLanguageModel.pretrain, and one is trained on spec.corpus;"
                        + " or name an encoder that has one under strategy.triTraining.augment.maskedLanguageModel.encoder.")
                .formatted(name));
    }

    /// @return for each text the piece at each of its places, in their order
    public List<int[]> fill(List<Cloze> clozes) {
        try (Scope _ = Scope.open()) {
            return fill(clozes, candidates.scores());
        }
    }

    private List<int[]> fill(List<Cloze> clozes, Tensor scores) {
        List<List<int[]>> pieces = new ArrayList<>();
        for (Cloze cloze : clozes) pieces.add(new ArrayList<>(cloze.pieces()));
        List<int[]> filled =
                clozes.stream().map(cloze -> new int[cloze.places().length]).toList();
        int rounds =
                clozes.stream().mapToInt(cloze -> cloze.places().length).max().orElse(0);
        for (int r = 0; r < rounds; r++) {
            int round = r;
            List<Masked> masked = IntStream.range(0, clozes.size())
                    .filter(i -> round < clozes.get(i).places().length)
                    .mapToObj(i -> masked(i, clozes.get(i), pieces.get(i), round))
                    .sorted(Comparator.comparingInt(one -> -one.item().length()))
                    .toList();
            for (List<Masked> batch : batches(masked)) {
                int[] best = best(batch, scores);
                for (int i = 0; i < best.length; i++) {
                    int text = batch.get(i).item().example();
                    filled.get(text)[round] = best[i];
                    pieces.get(text).set(clozes.get(text).places()[round], new int[] {best[i]});
                }
            }
        }
        return filled;
    }

    /// @param candidates the row of candidates that may stand for the mask
    private record Masked(Item item, int candidates) {}

    private Masked masked(int text, Cloze cloze, List<int[]> pieces, int round) {
        int length = pieces.stream().mapToInt(word -> word.length).sum();
        int place = cloze.places()[round];
        int[] ids = new int[length - pieces.get(place).length + 1];
        int at = 0;
        int hole = 0;
        for (int word = 0; word < pieces.size(); word++) {
            if (word == place) {
                hole = at;
                ids[at++] = mask;
                continue;
            }
            for (int id : pieces.get(word)) ids[at++] = id;
        }
        Encoding whole = tokenizer.wrap(ids, new int[ids.length]);
        int[] position = {tokenizer.specialsBefore() + hole};
        int[] none = {Item.UNLABELLED};
        return new Masked(
                new Item(text, whole.ids(), whole.types(), position, 0, none),
                candidates.row(cloze.spaced(), cloze.lettered()[round]));
    }

    private List<List<Masked>> batches(List<Masked> longestFirst) {
        int most = (int) Math.max(1, SCORES_PER_BATCH / encoder.config().vocabularySize());
        List<List<Masked>> batches = new ArrayList<>();
        int from = 0;
        while (from < longestFirst.size()) {
            int width = longestFirst.get(from).item().length();
            int to = Math.min(longestFirst.size(), from + Math.clamp(TOKENS_PER_BATCH / width, 1, most));
            batches.add(longestFirst.subList(from, to));
            from = to;
        }
        return batches;
    }

    private int[] best(List<Masked> masked, Tensor scores) {
        try (Scope _ = Scope.open()) {
            Batch batch = Batch.of(
                    masked.stream().map(Masked::item).toList(), encoder.config().padId());
            EncoderOutput encoded =
                    encoder.encode(batch.tokens(), OutputRequest.all(), Dropout.none(), precision); // [t, d]
            Tensor hidden = encoded.last().rows(Tensor.of(batch.rows(), batch.rows().length)); // [b, d]
            Tensor allowed = scores.rows(
                    Tensor.of(masked.stream().mapToLong(Masked::candidates).toArray(), masked.size())); // [b, v]
            long[] best = encoder.maskedLogits(hidden, precision)
                    .plus(allowed)
                    .argmax(1)
                    .toLongs();
            return Arrays.stream(best).mapToInt(Math::toIntExact).toArray();
        }
    }
}
