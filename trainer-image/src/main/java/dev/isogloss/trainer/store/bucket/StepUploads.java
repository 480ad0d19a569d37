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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
    static final String ATTEMPTS = "attempts/";
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

    static String folder(StepKey key, String attempt) {
        return step(key) + ATTEMPTS + attempt + "/";
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
        String attempt = counting(key)
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

    /// What others have uploaded of the step before counts no more if this result does. What they upload later may be
    /// that of a step that is computed again.
    ///
    /// @return the result that counts instead, if another process was quicker
    Optional<byte[]> publish(StepFolder folder, SortedMap<String, StoredFile> files, byte[] result) throws IOException {
        StepKey key = folder.key();
        String name = step(key) + StepFolder.RESULT;
        Optional<byte[]> earlier = bucket.get(name);
        if (earlier.isEmpty()) {
            Set<String> useless = attempts(key);
            upload(folder, files, process);
            if (!bucket.putIfAbsent(name, withAttempt(result, process))) earlier = earlierResult(name);
            if (earlier.isEmpty()) useless.remove(process);
            else useless = Set.of(process);
            for (String attempt : useless) remove(key, folder(key, attempt));
        }
        removeCheckpoint(key);
        return earlier;
    }

    private void upload(StepFolder folder, SortedMap<String, StoredFile> files, String attempt) throws IOException {
        String place = folder(folder.key(), attempt);
        for (String file : files.keySet()) bucket.upload(folder.path().resolve(file), place + file);
        bucket.put(place + StepFolder.FILES, StoreJson.MAPPER.writeValueAsBytes(files));
    }

    /// Has an attempt of its own count instead of the one that does, and removes that one. Others that are being
    /// uploaded may be about to count.
    void replace(StepFolder folder, SortedMap<String, StoredFile> files, byte[] result) throws IOException {
        StepKey key = folder.key();
        String attempt = UUID.randomUUID().toString();
        upload(folder, files, attempt);
        Optional<String> former = counting(key);
        bucket.put(step(key) + StepFolder.RESULT, withAttempt(result, attempt));
        winners.remove(key);
        if (former.isPresent()) remove(key, folder(key, former.get()));
        removeCheckpoint(key);
    }

    /// The attempt that counts now, whatever is known of it here; empty if the step is not done.
    Optional<String> counting(StepKey key) {
        return bucket.get(step(key) + StepFolder.RESULT).map(StepUploads::attempt);
    }

    private Set<String> attempts(StepKey key) {
        String all = step(key) + ATTEMPTS;
        return names(all).stream()
                .map(name -> name.substring(all.length()).split("/", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
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

    /// Of a step that has a result.
    void removeCheckpoint(StepKey key) {
        remove(key, step(key) + CheckpointUploads.FOLDER);
    }

    private List<String> names(String prefix) {
        return bucket.list(prefix).stream().map(Bucket.Listed::name).toList();
    }

    /// What cannot be removed only takes space: `store gc` lists it.
    private void remove(StepKey key, String prefix) {
        try {
            names(prefix).forEach(bucket::delete);
        } catch (RuntimeException failure) {
            LOG.warn("step {} is done, but what it no longer needs stays: {}", key.brief(), failure.getMessage());
        }
    }

    /// After the step was removed or replaced.
    void forget(StepKey key) {
        winners.remove(key);
    }

    /// What counts now of any step is asked again.
    void forgetAll() {
        winners.clear();
    }
}
