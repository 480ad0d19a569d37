package dev.isogloss.trainer.step.train;

import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.tokenizer.Encoding;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Texts as sequences that an encoder can hold: a long text becomes several, none of it is lost.
final class SequenceChunks {
    /// A rest shorter than this is left out: too little to learn from.
    private static final int SHORTEST_REST = 8;

    private SequenceChunks() {}

    /// @param maxLength of a sequence, special tokens counted
    static List<TokenSequence> sequences(List<String> texts, Tokenizer tokenizer, int maxLength) {
        return texts.parallelStream()
                .flatMap(text -> cut(tokenizer.encodeWhole(text), tokenizer, maxLength).stream())
                .toList();
    }

    private static List<TokenSequence> cut(Encoding whole, Tokenizer tokenizer, int maxLength) {
        int from = 0;
        while (from < whole.length() && whole.wordIds()[from] < 0) from++;
        int to = whole.length();
        while (to > from && whole.wordIds()[to - 1] < 0) to--;
        int room = maxLength - tokenizer.specialsAround();
        List<TokenSequence> sequences = new ArrayList<>();
        for (int start = from; start < to; start += room) {
            int end = Math.min(to, start + room);
            if (start > from && end - start < SHORTEST_REST) break;
            sequences.add(TokenSequence.of(tokenizer.wrap(
                    Arrays.copyOfRange(whole.ids(), start, end), Arrays.copyOfRange(whole.wordIds(), start, end))));
        }
        return sequences;
    }
}
