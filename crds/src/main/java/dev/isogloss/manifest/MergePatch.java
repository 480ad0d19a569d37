package dev.isogloss.manifest;

import dev.isogloss.manifest.Value.Mapping;
import java.util.List;
import java.util.Set;

/// JSON merge patch (RFC 7386): maps are merged member by member, null takes a member away, everything else is
/// replaced. Each value keeps the place where it was written.
///
/// Beyond the RFC, of members that exclude each other the patch's takes the target's away. Null would say the same,
/// but `kubectl apply` leaves members with null out of what it creates.
final class MergePatch {
    private static final List<Set<String>> EXCLUSIVE = List.of(
            Set.of("location", "fromPretraining"),
            Set.of("uri", "claim", "generated"),
            Set.of("uri", "path"),
            Set.of("generated", "path"),
            Set.of("shares", "dirichlet"),
            Set.of("coTraining", "selfTraining", "triTraining"));

    private MergePatch() {}

    /// The RFC's `MergePatch(Target, Patch)`, section 2.
    static Value apply(Value target, Value patch) {
        if (!(patch instanceof Mapping changes)) return patch;
        Mapping merged = new Mapping(changes.mark());
        if (target instanceof Mapping given)
            given.members().forEach((key, value) -> {
                if (!isExcluded(key, changes)) merged.put(key, given.markOf(key), value);
            });
        changes.members().forEach((key, change) -> {
            Value before = merged.members().getOrDefault(key, new Mapping(change.mark()));
            if (change.isNothing()) merged.remove(key);
            else merged.put(key, changes.markOf(key), apply(before, change));
        });
        return merged;
    }

    private static boolean isExcluded(String key, Mapping changes) {
        return EXCLUSIVE.stream()
                .filter(group -> group.contains(key))
                .anyMatch(group -> changes.members().entrySet().stream()
                        .anyMatch(change -> !change.getKey().equals(key)
                                && group.contains(change.getKey())
                                && !change.getValue().isNothing()));
    }
}
