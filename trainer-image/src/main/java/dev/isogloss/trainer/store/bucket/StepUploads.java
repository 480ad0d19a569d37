package dev.isogloss.trainer.store.bucket;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.store.StoredFile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploads of finished steps where nothing can be renamed and there are no locks. Each process uploads below its own
/// name, then puts `result.json` on the condition that there is none. That object says whose files count:
///
///     steps/<key>/step.json                    what the step is
///     steps/<key>/attempts/<id>/model/...      what one process made of it
///     steps/<key>/attempts/<id>/files.json     size and SHA-256 of those
///     steps/<key>/result.json                  scores, and "attempt": "<id>"
final class StepUploads {
    private static final Logger LOG = LoggerFactory.getLogger(StepUploads.class);
    private static final String ATTEMPT = "attempt";

    private final Bucket bucket;
    private final String process;
    private final Map<StepKey, Winner> winners = new ConcurrentHashMap<>();

    /// @param process a name that no other process has
    StepUploads(Bucket bucket, String process) {
        this.bucket = bucket;
        this.process = process;
    }

    /// The attempt that counts.
    record Winner(String attempt, SortedMap<String, StoredFile> files) {}

    static String step(StepKey key) {
        return "steps/" + key.hex() + "/";
    }

    private static String folder(StepKey key, String attempt) {
        return step(key) + "attempts/" + attempt + "/";
    }

    /// The name of a finished step's file.
    String file(StepKey key, String name) {
        return folder(key, winner(key).attempt()) + name;
    }

    /// @throws IllegalStateException if the step is not done: the plan has an order
    Winner winner(StepKey key) {
        return winners.computeIfAbsent(key, this::findWinner);
    }

    private Winner findWinner(StepKey key) {
        String attempt = bucket.get(step(key) + StepFolder.RESULT)
                .map(StepUploads::attempt)
                .orElseThrow(
                        () -> new IllegalStateException("step %s is not done in %s".formatted(key, bucket.address())));
        byte[] files = bucket.get(folder(key, attempt) + StepFolder.FILES)
                .orElseThrow(
                        () -> CorruptObject.missing(bucket.address(), key, folder(key, attempt) + StepFolder.FILES));
        try {
            return new Winner(
                    attempt, StoreJson.MAPPER.readValue(files, new TypeReference<TreeMap<String, StoredFile>>() {}));
        } catch (IOException e) {
            throw CorruptObject.changed(bucket.address(), key, folder(key, attempt) + StepFolder.FILES);
        }
    }

    private static String attempt(byte[] result) {
        try {
            JsonNode tree = StoreJson.MAPPER.readTree(result);
            return requireNonNull(tree.path(ATTEMPT).asText(""));
        } catch (IOException broken) {
            return "";
        }
    }

    /// @return the result that counts instead, if another process was quicker
    Optional<byte[]> publish(StepFolder folder, SortedMap<String, StoredFile> files, byte[] result) throws IOException {
        StepKey key = folder.key();
        String name = step(key) + StepFolder.RESULT;
        Optional<byte[]> earlier = bucket.get(name);
        if (earlier.isPresent()) return earlier;
        upload(folder, files, process);
        return bucket.putIfAbsent(name, withAttempt(result, process)) ? Optional.empty() : earlierResult(name);
    }

    private void upload(StepFolder folder, SortedMap<String, StoredFile> files, String attempt) throws IOException {
        String place = folder(folder.key(), attempt);
        for (String file : files.keySet()) bucket.upload(folder.path().resolve(file), place + file);
        bucket.put(place + StepFolder.FILES, StoreJson.MAPPER.writeValueAsBytes(files));
    }

    /// Has an attempt of its own count instead of the one that does.
    void replace(StepFolder folder, SortedMap<String, StoredFile> files, byte[] result) throws IOException {
        String attempt = UUID.randomUUID().toString();
        upload(folder, files, attempt);
        bucket.put(step(folder.key()) + StepFolder.RESULT, withAttempt(result, attempt));
        forget(folder.key());
    }

    /// The refusal may be due to our own success, if its response was lost.
    private Optional<byte[]> earlierResult(String name) {
        byte[] found = bucket.get(name)
                .orElseThrow(() -> new IllegalStateException(
                        "%s/%s was removed while a step was writing it".formatted(bucket.address(), name)));
        return attempt(found).equals(process) ? Optional.empty() : Optional.of(found);
    }

    private static byte[] withAttempt(byte[] result, String attempt) throws IOException {
        ObjectNode tree = (ObjectNode) StoreJson.MAPPER.readTree(result);
        return StoreJson.MAPPER.writeValueAsBytes(tree.put(ATTEMPT, attempt));
    }

    /// Removes what a step with a result needs no more: its checkpoint, and what other attempts uploaded. A process
    /// that still runs the step will find that result and take it. What cannot be removed only takes space.
    void removeUnneeded(StepKey key) {
        try {
            String counts = folder(key, winner(key).attempt());
            for (Bucket.Listed each : bucket.list(step(key)))
                if (isTemporary(key, each.name()) && !each.name().startsWith(counts)) bucket.delete(each.name());
        } catch (RuntimeException failure) {
            LOG.warn("step {} is done, but what it no longer needs stays: {}", key.brief(), failure.getMessage());
        }
    }

    private static boolean isTemporary(StepKey key, String name) {
        return name.startsWith(step(key) + "attempts/") || name.startsWith(step(key) + CheckpointUploads.FOLDER);
    }

    /// After the step was removed or replaced.
    void forget(StepKey key) {
        winners.remove(key);
    }
}
