package dev.isogloss.trainer.step.inputs;

import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.util.BitSet;
import java.util.List;

/// Counts of what an encoder's tokenizer cannot read: texts that come to nothing but unknown pieces (another script),
/// and words that are one unknown piece for their length alone (WordPiece, and a script without spaces).
public final class UnreadTexts {
    private final Tokenizer tokenizer;
    private final BitSet known = new BitSet();
    private long texts;
    private long unread;
    private long longWords;
    private boolean words;

    public UnreadTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        known.set(0, Math.max(1, tokenizer.vocabularySize()));
        tokenizer.specialIds().forEach(known::clear);
        known.clear(tokenizer.unkId());
    }

    /// Counts a split and tells at once, once a process.
    public static void note(Split split, List<Item> items, Tokenizer tokenizer, StepJournal journal) {
        UnreadTexts counts = new UnreadTexts(tokenizer);
        counts.add(split, items);
        counts.tell(split.name() + " of " + split.language(), journal);
    }

    /// @param items of all examples of the split, in their order
    public void add(Split split, List<Item> items) {
        BitSet unknown = new BitSet();
        BitSet read = new BitSet();
        for (Item item : items) {
            if (isRead(item.ids())) read.set(item.example());
            else if (holdsUnknown(item.ids())) unknown.set(item.example());
        }
        unknown.andNot(read);
        texts += split.size();
        unread += unknown.cardinality();
        for (Example example : split.examples()) longWords += longWords(example);
    }

    /// @param ids of a text, special tokens included
    public void add(String text, int[] ids) {
        texts++;
        if (!isRead(ids) && holdsUnknown(ids)) unread++;
        longWords += tokenizer.longWords(text);
    }

    private long longWords(Example example) {
        return switch (example) {
            case TextExample text -> {
                String second = text.second();
                yield tokenizer.longWords(text.text()) + (second == null ? 0 : tokenizer.longWords(second));
            }
            case TaggedExample sentence -> longWords(sentence.words());
            case ParsedExample sentence -> longWords(sentence.words());
        };
    }

    private long longWords(List<String> split) {
        words = true;
        return split.stream().mapToInt(tokenizer::longWords).sum();
    }

    private boolean isRead(int[] ids) {
        for (int id : ids) if (known.get(id)) return true;
        return false;
    }

    private boolean holdsUnknown(int[] ids) {
        for (int id : ids) if (id == tokenizer.unkId()) return true;
        return false;
    }

    /// @param what was read: "test of th"
    public void tell(String what, StepJournal journal) {
        if (words && tokenizer.putsSpaceBeforeWords())
            journal.noteOnce("The encoder's tokenizer.json puts no space before words that come split (pre_tokenizer:"
                    + " add_prefix_space is false); they are read with one, as inside a text and as Python reads them"
                    + " with add_prefix_space=True");
        if (unread > 0)
            journal.noteOnce(
                    "%,d of %,d texts of %s (%.1f %%) are nothing but unknown pieces to the encoder's tokenizer"
                            .formatted(unread, texts, what, 100.0 * unread / texts));
        if (longWords > 0)
            journal.noteOnce(
                    ("%,d words of %s have more than %d characters, and the encoder's tokenizer (WordPiece) reads"
                                    + " each as one unknown piece: use an encoder with Unigram pieces for a script without spaces")
                            .formatted(longWords, what, tokenizer.longestWord()));
    }
}
