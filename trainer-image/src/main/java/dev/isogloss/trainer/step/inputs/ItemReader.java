package dev.isogloss.trainer.step.inputs;

import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.StepItems;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.List;

/// Splits as the items of one model.
public record ItemReader(
        Task task, LabelSet labels, Tokenizer tokenizer, int maxLength, StepItems cached, StepJournal journal) {

    public List<Item> read(Split split) {
        return noted(split, cached.items(task, split, labels, tokenizer, maxLength));
    }

    /// Past the cache, for a split that no other step will ask for.
    public List<Item> readOnce(Split split) {
        return noted(split, task.items(split, labels, tokenizer, maxLength));
    }

    private List<Item> noted(Split split, List<Item> items) {
        UnreadTexts.note(split, items, tokenizer, journal);
        CutWords.note(task, split, items, maxLength, journal);
        return items;
    }
}
