package dev.isogloss.trainer.encoder;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Token ids of several texts, padded to one width, row by row.
///
/// @param ids [rows · width], the encoder's padId after the end of a text
/// @param types [rows · width]: 0 for the first text of a pair, 1 for the second; families with one type ignore them
/// @param lengths [rows]: tokens of each text, at least 1
public record TokenBatch(long[] ids, long[] types, int[] lengths, int rows, int width) {

    public TokenBatch {
        if (ids.length != rows * width || types.length != ids.length || lengths.length != rows) {
            throw new IllegalArgumentException("%d ids, %d types and %d lengths are no batch of %d rows of %d tokens"
                    .formatted(ids.length, types.length, lengths.length, rows, width));
        }
        for (int length : lengths) {
            if (length < 1 || length > width) {
                throw new IllegalArgumentException(
                        "a text of %d tokens does not fit a batch of width %d".formatted(length, width));
            }
        }
    }

    /// Rows of different lengths, padded to the longest.
    public static TokenBatch of(List<int[]> ids, List<int[]> types, int padId) {
        return of(ids, types, padId, 0);
    }

    /// @param least the least width, where the longest row is shorter
    public static TokenBatch of(List<int[]> ids, List<int[]> types, int padId, int least) {
        int longest = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
        int width = Math.max(least, longest);
        long[] flatIds = new long[ids.size() * width];
        long[] flatTypes = new long[flatIds.length];
        int[] lengths = new int[ids.size()];
        Arrays.fill(flatIds, padId);
        for (int r = 0; r < lengths.length; r++) {
            lengths[r] = ids.get(r).length;
            for (int i = 0; i < lengths[r]; i++) {
                flatIds[r * width + i] = ids.get(r)[i];
                flatTypes[r * width + i] = types.get(r)[i];
            }
        }
        return new TokenBatch(flatIds, flatTypes, lengths, lengths.length, width);
    }

    public boolean hasPadding() {
        return Arrays.stream(lengths).anyMatch(length -> length < width);
    }

    boolean hasSecondType() {
        return Arrays.stream(types).anyMatch(type -> type != 0);
    }

    /// Flat index (row · width + position) of every token that is no padding.
    public long[] unpadded() {
        return IntStream.range(0, rows)
                .boxed()
                .flatMapToLong(r -> LongStream.range((long) r * width, (long) r * width + lengths[r]))
                .toArray();
    }

    /// The number of tokens that are no padding.
    public long tokens() {
        return Arrays.stream(lengths).asLongStream().sum();
    }
}
