package dev.isogloss.trainer.task;

import java.util.List;
import java.util.stream.Stream;

/// Items without labels: what a method that adapts to a target, and a model that labels a pool, may see of it. Labels
/// that the given items have are not here any more, so that none can be learnt from, selected by or counted.
public record UnlabelledItems(List<Item> items) {

    public UnlabelledItems {
        items = items.stream().map(Item::unlabelled).toList();
    }

    public int size() {
        return items.size();
    }

    public Stream<Item> stream() {
        return items.stream();
    }
}
