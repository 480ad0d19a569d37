package dev.isogloss.trainer.store.bucket;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.RememberedDigests;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.store.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a step that was killed goes on from, wherever that is: its checkpoint, its curve, whatever else its folder
/// held.
///
///     steps/<key>/checkpoint/latest.json              names, sizes and digests, and which object each is
///     steps/<key>/checkpoint/<attempt>/<sha256>       the objects
///
/// `latest.json` is put last, so it always speaks of a whole checkpoint. Objects lie below the name of the process that
/// wrote them, and only that process removes them while the step runs.
final class CheckpointUploads {
    static final String FOLDER = "checkpoint/";
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointUploads.class);
    private static final String LATEST = "latest.json";
    private static final Set<String> NOT_STATE = Set.of(StepFolder.STEP, StepFolder.RESULT, StepFolder.FILES, ".lock");

    private final Bucket bucket;
    private final String own;
    private final Path taken;

    /// @param own   a name that no other process has
    /// @param taken a folder of this machine, for what its step folders are copies of
    CheckpointUploads(Bucket bucket, String own, Path taken) {
        this.bucket = bucket;
        this.own = own;
        this.taken = taken;
    }

    /// @param files by their names in the step's folder
    record Snapshot(SortedMap<String, Kept> files) {}

    /// @param object below `checkpoint/`
    record Kept(String object, long bytes, String sha256) {
        boolean isOf(StoredFile file) {
            return bytes == file.bytes() && sha256.equals(file.sha256());
        }
    }

    private static String name(StepKey key, String object) {
        return StepUploads.step(key) + FOLDER + object;
    }

    boolean isThere(StepKey key) {
        return bucket.get(name(key, LATEST)).isPresent();
    }

    /// Uploads what changed since the last time.
    void keep(StepFolder folder) throws IOException {
        StepKey key = folder.key();
        SortedMap<String, Kept> before = latestHere(key);
        SortedMap<String, Kept> now = new TreeMap<>();
        for (String name : state(folder)) {
            Path file = folder.path().resolve(name);
            StoredFile is = new StoredFile(Files.size(file), RememberedDigests.of(file));
            Kept was = before.get(name);
            now.put(name, was != null && was.isOf(is) ? was : upload(key, file, is));
        }
        byte[] json = StoreJson.MAPPER.writeValueAsBytes(new Snapshot(now));
        bucket.put(name(key, LATEST), json);
        remember(key, json);
        removeUnused(key, before, now);
    }

    private Kept upload(StepKey key, Path file, StoredFile is) throws IOException {
        Kept kept = new Kept(own + "/" + is.sha256(), is.bytes(), is.sha256());
        bucket.upload(file, name(key, kept.object()));
        return kept;
    }

    private void removeUnused(StepKey key, Map<String, Kept> before, Map<String, Kept> now) {
        Set<String> used = new HashSet<>();
        now.values().forEach(kept -> used.add(kept.object()));
        for (Kept old : before.values())
            if (old.object().startsWith(own + "/") && used.add(old.object())) bucket.delete(name(key, old.object()));
    }

    /// Brings a step's folder to the last checkpoint in the bucket, unless it is there already, or further.
    void restore(StepFolder folder, VerifiedDownload copies) throws IOException {
        StepKey key = folder.key();
        Optional<byte[]> json = bucket.get(name(key, LATEST));
        if (json.isEmpty() || Arrays.equals(json.get(), remembered(key))) return;
        Map<String, Kept> files = read(json.get());
        clear(folder);
        for (var file : files.entrySet()) {
            Kept kept = file.getValue();
            VerifiedDownload.Outcome outcome = copies.copy(
                    name(key, kept.object()),
                    new StoredFile(kept.bytes(), kept.sha256()),
                    VerifiedDownload.inside(folder.path(), file.getKey()));
            if (outcome != VerifiedDownload.Outcome.THERE) {
                startAfresh(folder, outcome);
                return;
            }
        }
        remember(key, json.get());
    }

    /// A checkpoint saves time and decides nothing, so a broken one is no reason to fail.
    private static void startAfresh(StepFolder folder, VerifiedDownload.Outcome outcome) throws IOException {
        LOG.warn(
                "the checkpoint of step {} is {} in part; it starts from the beginning",
                folder.key().brief(),
                outcome);
        clear(folder);
    }

    private static List<String> state(StepFolder folder) throws IOException {
        return AtomicFiles.filesIn(folder.path()).stream()
                .map(file -> folder.path().relativize(file).toString().replace('\\', '/'))
                .filter(name -> !NOT_STATE.contains(name))
                .toList();
    }

    private static void clear(StepFolder folder) throws IOException {
        for (String name : state(folder)) Files.delete(folder.path().resolve(name));
    }

    private SortedMap<String, Kept> latestHere(StepKey key) throws IOException {
        byte[] json = remembered(key);
        return json.length == 0 ? new TreeMap<>() : read(json);
    }

    private static SortedMap<String, Kept> read(byte[] json) throws IOException {
        try {
            return StoreJson.MAPPER.readValue(json, Snapshot.class).files();
        } catch (JsonProcessingException broken) {
            LOG.warn("a {} is not readable; the step starts from the beginning", LATEST, broken);
            return new TreeMap<>();
        }
    }

    private byte[] remembered(StepKey key) throws IOException {
        Path file = taken.resolve(key.hex() + ".json");
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    private void remember(StepKey key, byte[] json) throws IOException {
        Files.createDirectories(taken);
        AtomicFiles.write(taken.resolve(key.hex() + ".json"), json);
    }

    void forget(StepKey key) throws IOException {
        Files.deleteIfExists(taken.resolve(key.hex() + ".json"));
    }
}
