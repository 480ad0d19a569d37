package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A step as it lies in a store.
///
/// @param kind   of step: "Train"; "?" if its spec is not readable
/// @param bytes  of all its files
/// @param newest when something was last written in it
public record StoreEntry(StepKey key, String kind, Optional<StepResult> result, long bytes, Instant newest) {

    /// A finished step.
    ///
    /// @param written when its result was
    public record Finished(StepKey key, Instant written) {
        /// Of those that were written at once, in the order of the keys.
        public static final Comparator<Finished> NEWEST_FIRST =
                Comparator.comparing(Finished::written).reversed().thenComparing(Finished::key);
    }

    public boolean done() {
        return result.isPresent();
    }

    /// Every step with a folder, in the order of the keys.
    public static List<StoreEntry> all(Store store) {
        return store.keys().stream().map(key -> of(store, key)).toList();
    }

    public static StoreEntry of(Store store, StepKey key) {
        try {
            StepStorage.Usage usage = store.storage().usage(key);
            return new StoreEntry(key, kind(store, key), store.result(key), usage.bytes(), usage.newest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The kind of a step: "Train"; "?" if its spec is not readable.
    public static String kind(Store store, StepKey key) {
        try {
            byte[] spec = store.read(key, StepFolder.STEP).orElse(new byte[0]);
            return StoreJson.MAPPER.readTree(spec).path("kind").asText("?");
        } catch (IOException unreadable) {
            return "?";
        }
    }
}
