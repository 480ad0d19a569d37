package dev.isogloss.trainer.step.inputs;

import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TrainTestOverlap;
import dev.isogloss.trainer.step.StepSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What scored splits share with those that were learnt from: warned about, and kept as facts of the result.
public final class OverlapCounts {
    private final Map<String, Set<String>> trained = new LinkedHashMap<>();
    private final StepSession bench;
    private Facts facts = Facts.NONE;

    public OverlapCounts(List<Split> train, StepSession bench) {
        this.bench = bench;
        for (Split split : train) trained.put(split.name() + " " + split.language(), TrainTestOverlap.texts(split));
    }

    public void count(Split scored) {
        trained.forEach((train, texts) -> {
            TrainTestOverlap overlap = TrainTestOverlap.between(texts, scored);
            if (overlap.examples() == 0) return;
            bench.noteOnce(overlap.sentence(train, scored) + ".");
            String where = "%s.%s.%s".formatted(scored.name(), scored.language(), train.replace(' ', '.'));
            facts = facts.with(Fact.Overlap, where, overlap.examples());
        });
    }

    /// Examples that were trained on, by `overlap.test.fr.train.en`; nothing where there are none.
    public Facts facts() {
        return facts;
    }
}
