package dev.isogloss.trainer.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the store holds of one step.
///
/// @param kind   of step: "Train"; "?" if its spec is not readable
/// @param bytes  of all its files
/// @param newest when something was last written in it
public record StoreEntry(StepKey key, String kind, Optional<StepResult> result, long bytes, Instant newest) {

    public boolean done() {
        return result.isPresent();
    }

    /// Every step with a folder, in the order of the keys.
    public static List<StoreEntry> all(Store store) {
        return store.keys().stream().map(key -> of(store, key)).toList();
    }

    public static StoreEntry of(Store store, StepKey key) {
        StepFolder folder = store.folder(key);
        try {
            long bytes = 0;
            Instant newest = Instant.EPOCH;
            for (Path file : AtomicFiles.filesIn(folder.path())) {
                bytes += Files.size(file);
                Instant written = Files.getLastModifiedTime(file).toInstant();
                if (written.isAfter(newest)) newest = written;
            }
            return new StoreEntry(key, kind(folder), store.result(key), bytes, newest);
        } catch (NoSuchFileException vanished) {
            return new StoreEntry(key, kind(folder), store.result(key), 0, Instant.now());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kind(StepFolder folder) {
        try {
            JsonNode spec = StoreJson.MAPPER.readTree(Files.readAllBytes(folder.step()));
            return spec.path("kind").asText("?");
        } catch (IOException unreadable) {
            return "?";
        }
    }
}
