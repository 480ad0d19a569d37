package dev.isogloss.trainer.task;

import dev.isogloss.trainer.encoder.TokenBatch;
import java.util.List;
import java.util.stream.LongStream;

/// Items side by side.
///
/// @param tokens  what the encoder reads, padded to the longest item
/// @param rows    flat index (row × width + position) of every prediction, item by item
/// @param targets label index of every prediction
public record Batch(TokenBatch tokens, long[] rows, long[] targets) {

    /// The number of predictions of each item.
    public int[] predictions() {
        int[] counts = new int[tokens.rows()];
        for (long row : rows) counts[(int) (row / tokens.width())]++;
        return counts;
    }

    /// The numbers of the predictions that have a label.
    long[] labelled() {
        return LongStream.range(0, targets.length)
                .filter(i -> targets[(int) i] != Item.UNLABELLED)
                .toArray();
    }

    /// @param padId the id that fills up shorter items
    public static Batch of(List<Item> items, int padId) {
        return of(items, padId, 0);
    }

    /// @param padId the id that fills up shorter items
    /// @param least the least width, where the longest item is shorter
    public static Batch of(List<Item> items, int padId, int least) {
        TokenBatch tokens = TokenBatch.of(
                items.stream().map(Item::ids).toList(),
                items.stream().map(Item::types).toList(),
                padId,
                least);
        int predictions =
                items.stream().mapToInt(item -> item.positions().length).sum();
        long[] rows = new long[predictions];
        long[] targets = new long[predictions];
        int next = 0;
        for (int row = 0; row < items.size(); row++) {
            Item item = items.get(row);
            for (int i = 0; i < item.positions().length; i++, next++) {
                rows[next] = (long) row * tokens.width() + item.positions()[i];
                targets[next] = item.targets()[i];
            }
        }
        return new Batch(tokens, rows, targets);
    }
}
