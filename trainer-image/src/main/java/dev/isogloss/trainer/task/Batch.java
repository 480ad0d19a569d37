package dev.isogloss.trainer.task;

import dev.isogloss.trainer.encoder.TokenBatch;
import java.util.List;
import java.util.stream.LongStream;

/// Items side by side.
///
/// @param tokens  what the encoder reads
/// @param rows    the place among these tokens of every prediction, item by item
/// @param targets label index of every prediction
public record Batch(TokenBatch tokens, long[] rows, long[] targets) {

    /// The number of predictions of each item.
    public int[] predictions() {
        int[] counts = new int[tokens.texts()];
        for (long text : tokens.textsAt(rows)) counts[(int) text]++;
        return counts;
    }

    /// The numbers of the predictions that have a label.
    long[] labelled() {
        return LongStream.range(0, targets.length)
                .filter(i -> targets[(int) i] != Item.UNLABELLED)
                .toArray();
    }

    /// @param padId the encoder's id of padding
    public static Batch of(List<Item> items, int padId) {
        return of(items, padId, 0);
    }

    /// @param padId the encoder's id of padding
    /// @param width 0; or the width in tokens that all items are filled up to, unless the longest is longer
    public static Batch of(List<Item> items, int padId, int width) {
        List<int[]> ids = items.stream().map(Item::ids).toList();
        List<int[]> types = items.stream().map(Item::types).toList();
        TokenBatch tokens = width == 0 ? TokenBatch.of(ids, types, padId) : TokenBatch.filled(ids, types, padId, width);
        int predictions =
                items.stream().mapToInt(item -> item.positions().length).sum();
        long[] starts = tokens.starts();
        long[] rows = new long[predictions];
        long[] targets = new long[predictions];
        int next = 0;
        for (int text = 0; text < items.size(); text++) {
            Item item = items.get(text);
            for (int i = 0; i < item.positions().length; i++, next++) {
                rows[next] = starts[text] + item.positions()[i];
                targets[next] = item.targets()[i];
            }
        }
        return new Batch(tokens, rows, targets);
    }
}
