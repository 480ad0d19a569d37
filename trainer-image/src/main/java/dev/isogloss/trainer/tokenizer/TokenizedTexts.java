package dev.isogloss.trainer.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The encodings of a dataset, made once and kept in one flat array: four bytes a token, eight with words.
///
/// Texts are encoded on all cores and stand in their order whatever the number of cores.
public final class TokenizedTexts {
    private static final int CHUNK = 512;

    private final int[] ids;
    private final int[] wordIds;
    private final long[] offsets;
    /// Where type 1 begins and ends in each encoding: types are 0, then 1, then 0 again.
    private final int[] typeFrom;

    private final int[] typeTo;

    private TokenizedTexts(int[] ids, int[] wordIds, long[] offsets, int[] typeFrom, int[] typeTo) {
        this.ids = ids;
        this.wordIds = wordIds;
        this.offsets = offsets;
        this.typeFrom = typeFrom;
        this.typeTo = typeTo;
    }

    /// Single texts.
    public static TokenizedTexts of(Tokenizer tokenizer, List<String> texts) {
        return of(texts.size(), i -> tokenizer.encode(texts.get(i)), false);
    }

    /// Pairs: the i-th of one list beside the i-th of the other.
    public static TokenizedTexts ofPairs(Tokenizer tokenizer, List<String> first, List<String> second) {
        if (first.size() != second.size())
            throw new IllegalArgumentException(first.size() + " first texts and " + second.size() + " second");
        return of(first.size(), i -> tokenizer.encode(first.get(i), second.get(i)), false);
    }

    /// Sentences that are already split; word ids are kept.
    public static TokenizedTexts ofWords(Tokenizer tokenizer, List<List<String>> sentences) {
        return of(sentences.size(), i -> tokenizer.encodeWords(sentences.get(i)), true);
    }

    /// Whatever `encode` gives for 0 to `count` - 1; it is called from several threads.
    ///
    /// @param words whether word ids are kept
    public static TokenizedTexts of(int count, IntFunction<Encoding> encode, boolean words) {
        int chunks = (count + CHUNK - 1) / CHUNK;
        long[] offsets = new long[count + 1];
        int[] typeFrom = new int[count];
        int[] typeTo = new int[count];
        int[][] ids = new int[chunks][];
        int[][] wordIds = new int[chunks][];
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            int to = Math.min(count, from + CHUNK);
            Encoding[] encodings = new Encoding[to - from];
            int total = 0;
            for (int i = from; i < to; i++) {
                Encoding encoding = encode.apply(i);
                encodings[i - from] = encoding;
                total += encoding.length();
                offsets[i + 1] = encoding.length();
                typeFrom[i] = firstOf(encoding.types(), 1, 0);
                typeTo[i] = firstOf(encoding.types(), 0, typeFrom[i]);
            }
            ids[chunk] = new int[total];
            if (words) wordIds[chunk] = new int[total];
            int at = 0;
            for (Encoding encoding : encodings) {
                System.arraycopy(encoding.ids(), 0, ids[chunk], at, encoding.length());
                if (words) System.arraycopy(encoding.wordIds(), 0, wordIds[chunk], at, encoding.length());
                at += encoding.length();
            }
        });
        for (int i = 0; i < count; i++) offsets[i + 1] += offsets[i];
        return new TokenizedTexts(
                joined(ids, offsets[count]),
                words ? joined(wordIds, offsets[count]) : new int[0],
                offsets,
                typeFrom,
                typeTo);
    }

    private static int firstOf(int[] types, int wanted, int from) {
        int i = from;
        while (i < types.length && types[i] != wanted) i++;
        return i;
    }

    private static int[] joined(int[][] chunks, long total) {
        int[] all = new int[Math.toIntExact(total)];
        int at = 0;
        for (int i = 0; i < chunks.length; i++) {
            System.arraycopy(chunks[i], 0, all, at, chunks[i].length);
            at += chunks[i].length;
            chunks[i] = new int[0];
        }
        return all;
    }

    /// How many encodings there are.
    public int size() {
        return typeFrom.length;
    }

    /// How many tokens all encodings have together.
    public long tokens() {
        return offsets[size()];
    }

    /// How many tokens one encoding has.
    public int length(int index) {
        return (int) (offsets[index + 1] - offsets[index]);
    }

    /// A copy of one encoding's ids.
    public int[] ids(int index) {
        return Arrays.copyOfRange(ids, (int) offsets[index], (int) offsets[index + 1]);
    }

    /// One token's id.
    public int id(int index, int position) {
        return ids[(int) offsets[index] + position];
    }

    /// Writes one encoding's ids into a row of a batch.
    public void copyIds(int index, long[] into, int at) {
        int from = (int) offsets[index];
        int length = length(index);
        for (int i = 0; i < length; i++) into[at + i] = ids[from + i];
    }

    /// Writes one encoding's types into a row of a batch.
    public void copyTypes(int index, long[] into, int at) {
        Arrays.fill(into, at, at + length(index), 0);
        Arrays.fill(into, at + typeFrom[index], at + typeTo[index], 1);
    }

    /// A copy of one encoding's word ids.
    ///
    /// @throws IllegalStateException if they were not kept
    public int[] wordIds(int index) {
        if (wordIds.length == 0 && tokens() > 0) throw new IllegalStateException("word ids were not kept");
        return Arrays.copyOfRange(wordIds, (int) offsets[index], (int) offsets[index + 1]);
    }

    /// One encoding as it came from the tokenizer, word ids -1 where they were not kept.
    public Encoding encoding(int index) {
        int[] types = new int[length(index)];
        Arrays.fill(types, typeFrom[index], typeTo[index], 1);
        int[] words = new int[length(index)];
        if (wordIds.length > 0) words = wordIds(index);
        else Arrays.fill(words, -1);
        return new Encoding(ids(index), types, words);
    }
}
