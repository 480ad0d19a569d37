package dev.isogloss.trainer.encoder;

import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Token ids of several texts. They are packed, one text after the other without padding; or every text is filled up
/// to one width.
///
/// @param ids of all places, text after text; in a batch that is filled up the encoder's padId after the end of a text
/// @param types of all places: 0 for the first text of a pair, 1 for the second; families with one type ignore them
/// @param lengths tokens of each text, at least 1
/// @param width places of each text in a batch that is filled up; 0 in a packed one, where tokens and places are one
public record TokenBatch(long[] ids, long[] types, int[] lengths, int width) {

    public TokenBatch {
        for (int length : lengths) {
            if (length < 1 || width > 0 && length > width) {
                throw new IllegalArgumentException(
                        "a text of %d tokens does not fit a batch of width %d".formatted(length, width));
            }
        }
        long places = width > 0 ? (long) lengths.length * width : sum(lengths);
        if (ids.length != places || types.length != places) {
            throw new IllegalArgumentException("%d ids and %d types are no batch of %d texts on %d places"
                    .formatted(ids.length, types.length, lengths.length, places));
        }
    }

    /// Packed texts on a CPU. On a GPU, which is waited for less when it is asked less often, texts are filled up to
    /// the longest.
    public static TokenBatch of(List<int[]> ids, List<int[]> types, int padId) {
        return Engine.device() == Device.GPU ? filled(ids, types, padId, 1) : laidOut(ids, types, padId, 0);
    }

    /// Texts of one width: the longest of them, or `least`.
    public static TokenBatch filled(List<int[]> ids, List<int[]> types, int padId, int least) {
        int longest = ids.stream().mapToInt(text -> text.length).max().orElseThrow();
        return laidOut(ids, types, padId, Math.max(least, longest));
    }

    private static TokenBatch laidOut(List<int[]> ids, List<int[]> types, int padId, int width) {
        int[] lengths = ids.stream().mapToInt(text -> text.length).toArray();
        int places = Math.toIntExact(width > 0 ? (long) lengths.length * width : sum(lengths));
        long[] flatIds = new long[places];
        long[] flatTypes = new long[places];
        Arrays.fill(flatIds, padId);
        int start = 0;
        for (int text = 0; text < lengths.length; text++) {
            for (int i = 0; i < lengths[text]; i++) {
                flatIds[start + i] = ids.get(text)[i];
                flatTypes[start + i] = types.get(text)[i];
            }
            start += width > 0 ? width : lengths[text];
        }
        return new TokenBatch(flatIds, flatTypes, lengths, width);
    }

    public int texts() {
        return lengths.length;
    }

    /// The places that each text takes.
    public int[] places() {
        int[] places = lengths.clone();
        if (width > 0) Arrays.fill(places, width);
        return places;
    }

    /// The place of each text's first token.
    public long[] starts() {
        long[] starts = new long[lengths.length];
        for (int text = 1; text < starts.length; text++)
            starts[text] = starts[text - 1] + (width > 0 ? width : lengths[text - 1]);
        return starts;
    }

    /// The text that each of these places belongs to.
    public long[] textsAt(long[] places) {
        long[] starts = starts();
        return Arrays.stream(places)
                .map(place -> {
                    int found = Arrays.binarySearch(starts, place);
                    return found >= 0 ? found : -found - 2;
                })
                .toArray();
    }

    /// The most places that a text takes: the width of attention probabilities.
    public int longest() {
        return Arrays.stream(places()).max().orElseThrow();
    }

    /// True if all texts take equally many places, so that a row a text is the same as one after the other.
    boolean isEven() {
        return Arrays.stream(places()).distinct().count() == 1;
    }

    boolean hasSecondType() {
        return Arrays.stream(types).anyMatch(type -> type != 0);
    }

    /// The place of every token: those that are no padding.
    public long[] unpadded() {
        long[] starts = starts();
        return IntStream.range(0, lengths.length)
                .boxed()
                .flatMapToLong(text -> LongStream.range(starts[text], starts[text] + lengths[text]))
                .toArray();
    }

    /// The number of tokens that are no padding.
    public long tokens() {
        return sum(lengths);
    }

    private static long sum(int[] lengths) {
        return Arrays.stream(lengths).asLongStream().sum();
    }
}
