package dev.isogloss.trainer.step;

import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of everything that decides the items of a split: its texts and labels as they were read, whatever file
/// and format they came from, the labels' order, the tokenizer, the longest input, the task, and the code.
final class ItemKey {
    /// Raised when a task makes other items of the same texts, or [ItemCodec] writes them otherwise.
    private static final int REVISION = 1;

    private final MessageDigest digest = Sha256.begin();
    private long characters;

    private ItemKey() {}

    /// @param characters of all texts
    record Key(String sha256, long characters) {}

    static Key of(Task task, Split split, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        ItemKey key = new ItemKey();
        key.number(REVISION);
        key.text(Tokenizer.revision());
        key.text(tokenizer.sha256());
        key.number(maxLength);
        key.text(task.toString());
        key.texts(labels.labels());
        key.number(split.size());
        for (Example example : split.examples()) key.example(example);
        return new Key(Sha256.hex(key.digest.digest()), key.characters);
    }

    private void example(Example example) {
        switch (example) {
            case TextExample text -> {
                text(text.text());
                text(text.second());
                text(text.label());
            }
            case TaggedExample sentence -> {
                texts(sentence.words());
                texts(sentence.tags());
            }
            case ParsedExample sentence -> {
                texts(sentence.words());
                sentence.heads().forEach(this::number);
                texts(sentence.relations());
            }
        }
    }

    private void number(int value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value));
    }

    private void text(@Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        number(text == null ? -1 : bytes.length);
        digest.update(bytes);
        characters += text == null ? 0 : text.length();
    }

    private void texts(@Nullable List<String> texts) {
        number(texts == null ? -1 : texts.size());
        if (texts != null) texts.forEach(this::text);
    }
}
