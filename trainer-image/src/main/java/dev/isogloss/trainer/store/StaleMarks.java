package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Marks of steps whose results were made from those of others that were replaced since. Each replacement sets a mark
/// of its own. So whoever computes a step takes away those that were there when it began ([SeenMarks]), and one that is
/// set meanwhile stays.
///
///     stale/<key>.<id>
public interface StaleMarks {

    /// Names of marks that begin with `prefix`.
    Set<String> names(String prefix) throws IOException;

    void put(String name) throws IOException;

    /// Nothing happens if there is none.
    void delete(String name) throws IOException;

    /// The steps that have a mark.
    default Set<StepKey> steps() throws IOException {
        return names("").stream().flatMap(name -> step(name).stream()).collect(Collectors.toUnmodifiableSet());
    }

    /// The marks of a step, by name; empty if its result counts.
    default Set<String> of(StepKey key) throws IOException {
        return names(key.hex());
    }

    default void mark(StepKey key) throws IOException {
        put(key.hex() + "." + UUID.randomUUID());
    }

    default void remove(Set<String> names) throws IOException {
        for (String name : names) delete(name);
    }

    private static Optional<StepKey> step(String name) {
        String key = name.split("\\.", 2)[0];
        return Store.isKey(key) ? Optional.of(new StepKey(key)) : Optional.empty();
    }
}
