package dev.isogloss.trainer.pseudolabel;

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

    public SelectionManifest {
        classes = java.util.Collections.unmodifiableMap(new TreeMap<>(classes));
    }
}
