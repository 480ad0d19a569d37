package dev.isogloss.trainer.step;

import dev.isogloss.trainer.data.Overlap;
import dev.isogloss.trainer.data.Split;
import java.util.List;
import java.util.function.Consumer;

/// Warns when a split that is scored shares texts with one that is learnt from.
final class Overlaps {
    private Overlaps() {}

    static void warn(List<Split> train, Split scored, Consumer<String> note) {
        for (Split learnt : train) {
            Overlap overlap = Overlap.between(learnt, scored);
            if (overlap.examples() > 0) note.accept(overlap.sentence(learnt, scored) + ".");
        }
    }
}
