package dev.isogloss.trainer.step;

import dev.isogloss.trainer.data.Overlap;
import dev.isogloss.trainer.data.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What scored splits share with those that were learnt from: warned about, and kept as facts of the result.
final class Overlaps {
    private final Map<String, Set<String>> trained = new LinkedHashMap<>();
    private final Map<String, Double> facts = new TreeMap<>();
    private final Workbench bench;

    Overlaps(List<Split> train, Workbench bench) {
        this.bench = bench;
        for (Split split : train) trained.put(split.name() + " " + split.language(), Overlap.texts(split));
    }

    void count(Split scored) {
        trained.forEach((train, texts) -> {
            Overlap overlap = Overlap.between(texts, scored);
            if (overlap.examples() == 0) return;
            bench.noteOnce(overlap.sentence(train, scored) + ".");
            String fact = "overlap.%s.%s.%s".formatted(scored.name(), scored.language(), train.replace(' ', '.'));
            facts.put(fact, (double) overlap.examples());
        });
    }

    /// Examples that were trained on, by `overlap.test.fr.train.en`; nothing where there are none.
    Map<String, Double> facts() {
        return facts;
    }
}
