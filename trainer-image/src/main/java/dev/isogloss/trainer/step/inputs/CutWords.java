package dev.isogloss.trainer.step.inputs;

import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Task;
import java.util.List;

/// Words at the end of sentences that no item holds: a tree is read whole, and an encoder reads only so much.
public final class CutWords {
    private CutWords() {}

    /// Counts them and tells once a process.
    ///
    /// @param maxLength what the encoder reads of a sentence, in sub-words
    /// @return how many
    public static long note(Task task, Split split, List<Item> items, int maxLength, StepJournal journal) {
        long cut = task.unread(split, items);
        if (cut > 0)
            journal.noteOnce(
                    ("%,d words of %s of %s lie beyond the %d pieces that the encoder reads of a sentence. They"
                                    + " are not learnt from, and count as wrong where they are scored: raise encoder.maxLength")
                            .formatted(cut, split.name(), split.language(), maxLength));
        return cut;
    }
}
