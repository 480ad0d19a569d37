package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.trainer.method.Batches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The lengths of texts: all alike, or those of a file, in its order and again from its beginning.
record Lengths(int[] known, int most) {

    /// @param file a whole number a line; null for texts of `most` tokens each
    static Lengths of(@Nullable Path file, int most) {
        try {
            int[] known = file == null
                    ? new int[] {most}
                    : Files.readAllLines(file).stream()
                            .filter(line -> !line.isBlank())
                            .mapToInt(line -> Integer.parseInt(line.strip()))
                            .toArray();
            if (known.length == 0) throw new IllegalArgumentException(file + " holds no length");
            return new Lengths(known, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of the text with this number, at most `--seq`.
    int of(int text) {
        return Math.min(most, known[text % known.length]);
    }

    int[] first(int texts) {
        return IntStream.range(0, texts).map(this::of).toArray();
    }

    /// Mean tokens of a text, and the share of padding in batches of this order; nothing where all texts are alike.
    Map<String, Double> told(int texts, int batchSize, BatchOrder order) {
        Map<String, Double> told = new TreeMap<>(told(texts));
        if (told.isEmpty()) return told;
        int[] lengths = first(texts);
        long wide = Batches.ofEpoch(lengths, batchSize, order, 1, 0).stream()
                .mapToLong(batch -> (long) batch.length
                        * Arrays.stream(batch).map(i -> lengths[i]).max().orElse(0))
                .sum();
        told.put("padding", 1 - (double) Arrays.stream(lengths).sum() / wide);
        return told;
    }

    Map<String, Double> told(int texts) {
        return known.length == 1
                ? Map.of()
                : Map.of("mean_tokens", Arrays.stream(first(texts)).average().orElse(0));
    }
}
