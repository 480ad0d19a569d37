package dev.isogloss.trainer.step.inputs;

import dev.isogloss.result.Fact;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TrainTestOverlap;
import dev.isogloss.trainer.step.StepJournal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Texts that scored splits share with those that were learnt from: warned about, and counted among the facts of the
/// result, as `overlap.test.fr.train.en`; nothing where there are none.
public final class OverlapCounts {
    private final Map<String, Set<String>> trained = new LinkedHashMap<>();
    private final StepJournal journal;

    public OverlapCounts(List<Split> train, StepJournal journal) {
        this.journal = journal;
        for (Split split : train)
            trained.computeIfAbsent(split.name() + " " + split.language(), _ -> new HashSet<>())
                    .addAll(TrainTestOverlap.texts(split));
    }

    public void count(Split scored) {
        trained.forEach((train, texts) -> {
            TrainTestOverlap overlap = TrainTestOverlap.between(texts, scored);
            if (overlap.examples() == 0) return;
            journal.noteOnce(overlap.sentence(train, scored) + ".");
            String where = "%s.%s.%s".formatted(scored.name(), scored.language(), train.replace(' ', '.'));
            journal.fact(Fact.Overlap, where, overlap.examples());
        });
    }
}
