package dev.isogloss.trainer.step.rounds;

import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;

/// A split without its labels: what a model may see of a pool, whatever its files say.
final class Unlabelled {
    private Unlabelled() {}

    static Split of(Split split) {
        return split.map(Unlabelled::bare);
    }

    private static Example bare(Example example) {
        return switch (example) {
            case TextExample text -> new TextExample(text.id(), text.text(), text.second(), null);
            case TaggedExample tagged -> new TaggedExample(tagged.id(), tagged.words(), null);
            case ParsedExample parsed -> throw new IllegalArgumentException("trees are not labelled: " + parsed.id());
        };
    }
}
