package dev.isogloss.trainer.step;

import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A split is made into items once a process, however many seeds and steps read it, as long as memory lasts.
public final class ItemCache {
    private final Map<Key, SoftReference<List<Item>>> items = new ConcurrentHashMap<>();

    /// @param sha256    of the split's file, of which `examples` are kept, with a hash of their ids
    /// @param tokenizer the content of its file
    private record Key(
            Task task,
            String sha256,
            String language,
            String split,
            int examples,
            int exampleIds,
            LabelSet labels,
            String tokenizer,
            int maxLength) {}

    /// @param files where items lie that are not in memory
    List<Item> items(Task task, Split split, LabelSet labels, Tokenizer tokenizer, int maxLength, ItemFiles files) {
        Key key = new Key(
                task,
                split.file().sha256(),
                split.language(),
                split.name(),
                split.size(),
                split.examples().stream().map(Example::id).toList().hashCode(),
                labels,
                tokenizer.json(),
                maxLength);
        SoftReference<List<Item>> known = items.get(key);
        List<Item> cached = known == null ? null : known.get();
        if (cached != null) return cached;
        List<Item> made = files.items(task, split, labels, tokenizer, maxLength);
        items.put(key, new SoftReference<>(made));
        return made;
    }
}
