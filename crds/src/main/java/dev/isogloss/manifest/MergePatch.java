package dev.isogloss.manifest;

import dev.isogloss.manifest.Value.Mapping;

/// JSON merge patch (RFC 7386): maps are merged member by member, null takes a member away, everything else is
/// replaced. Each value keeps the place where it was written.
final class MergePatch {
    private MergePatch() {}

    /// The RFC's `MergePatch(Target, Patch)`, section 2.
    static Value apply(Value target, Value patch) {
        if (!(patch instanceof Mapping changes)) return patch;
        Mapping merged = new Mapping(changes.mark());
        if (target instanceof Mapping given)
            given.members().forEach((key, value) -> merged.put(key, given.markOf(key), value));
        changes.members().forEach((key, change) -> {
            Value before = merged.members().getOrDefault(key, new Mapping(change.mark()));
            if (change.isNothing()) merged.remove(key);
            else merged.put(key, changes.markOf(key), apply(before, change));
        });
        return merged;
    }
}
