package dev.isogloss.trainer.step;

import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.List;

/// Splits as items for a step: from memory, or the store's files, or tokenised now.
public record StepItems(ItemCache memory, ItemFiles files) {

    public List<Item> items(Task task, Split split, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        return memory.items(task, split, labels, tokenizer, maxLength, files);
    }

    /// Past the memory: a part of a split that is read a part at a time, for its size.
    public List<Item> part(Task task, Split split, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        return files.items(task, split, labels, tokenizer, maxLength);
    }
}
