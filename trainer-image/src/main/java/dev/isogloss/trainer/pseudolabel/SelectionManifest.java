package dev.isogloss.trainer.pseudolabel;

import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// `selected/manifest.json`: what a selection handed on, so that who reads it can tell that it is all there.
///
/// @param count     lines of `pseudo-labels.jsonl`
/// @param classes   labels in them, by label
/// @param sha256    of the file
/// @param pool      examples that were left to choose from
/// @param confident of these, those above the threshold
/// @param known     handed on with a known gold label
/// @param wrong     of these, those whose label differs
public record SelectionManifest(
        long count, Map<String, Long> classes, String sha256, long pool, long confident, long known, long wrong) {
    private static final int MOST_CLASSES = 20;

    public SelectionManifest {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    }

    /// The counts as facts of the step's result; of many classes their sum alone.
    public Facts facts() {
        Facts facts = Facts.of(Fact.Pool, pool)
                .with(Fact.Selected, count)
                .with(Fact.Known, known)
                .with(Fact.Wrong, wrong);
        if (classes.size() <= MOST_CLASSES)
            for (var each : classes.entrySet()) facts = facts.with(Fact.Selected, each.getKey(), each.getValue());
        return facts;
    }
}
