package dev.isogloss.trainer.store.bucket;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.json.Sha256;
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
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploads of the state from which a step that was killed goes on, on any machine: its checkpoint, its curve, whatever
/// else its folder held.
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
    private final String process;
    private final Path records;
    private final RememberedDigests digests;

    /// @param process a name that no other process has
    /// @param records a folder of this machine that says which checkpoints its step folders hold
    CheckpointUploads(Bucket bucket, String process, Path records, RememberedDigests digests) {
        this.bucket = bucket;
        this.process = process;
        this.records = records;
        this.digests = digests;
    }

    /// @param files by their names in the step's folder
    record Snapshot(SortedMap<String, UploadedFile> files) {}

    /// @param object below `checkpoint/`
    record UploadedFile(String object, long bytes, String sha256) {
        boolean isOf(StoredFile file) {
            return bytes == file.bytes() && sha256.equals(file.sha256());
        }
    }

    private static String name(StepKey key, String object) {
        return StepUploads.step(key) + FOLDER + object;
    }

    boolean exists(StepKey key) {
        return bucket.get(name(key, LATEST)).isPresent();
    }

    /// Uploads what changed since the last time.
    void upload(StepFolder folder) throws IOException {
        StepKey key = folder.key();
        SortedMap<String, UploadedFile> before = latestHere(key);
        SortedMap<String, UploadedFile> now = new TreeMap<>();
        for (String name : state(folder)) {
            UploadedFile earlier = before.get(name);
            Path path = folder.path().resolve(name);
            now.put(name, path.equals(folder.curve()) ? uploadAsItIs(key, path, earlier) : upload(key, path, earlier));
        }
        byte[] json = StoreJson.MAPPER.writeValueAsBytes(new Snapshot(now));
        bucket.put(name(key, LATEST), json);
        remember(key, json);
        removeUnused(key, before, now);
    }

    /// Of the curve, to which a training that goes on adds lines: lines after the checkpoint do not count for whoever
    /// goes on from it, nor does half a line.
    private UploadedFile uploadAsItIs(StepKey key, Path growing, @Nullable UploadedFile earlier) throws IOException {
        Files.createDirectories(records);
        Path copy = records.resolve(key.hex() + ".curve");
        try {
            Files.copy(growing, copy, StandardCopyOption.REPLACE_EXISTING);
            return upload(key, copy, new StoredFile(Files.size(copy), Sha256.of(copy)), earlier);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private UploadedFile upload(StepKey key, Path path, @Nullable UploadedFile earlier) throws IOException {
        return upload(key, path, new StoredFile(Files.size(path), digests.of(path)), earlier);
    }

    private UploadedFile upload(StepKey key, Path path, StoredFile file, @Nullable UploadedFile earlier)
            throws IOException {
        if (earlier != null && earlier.isOf(file)) return earlier;
        UploadedFile uploaded = new UploadedFile(process + "/" + file.sha256(), file.bytes(), file.sha256());
        bucket.upload(path, name(key, uploaded.object()));
        return uploaded;
    }

    private void removeUnused(StepKey key, Map<String, UploadedFile> before, Map<String, UploadedFile> now) {
        Set<String> used = new HashSet<>();
        now.values().forEach(uploaded -> used.add(uploaded.object()));
        for (UploadedFile old : before.values())
            if (old.object().startsWith(process + "/") && used.add(old.object()))
                bucket.delete(name(key, old.object()));
    }

    /// Brings a step's folder to the last checkpoint in the bucket, unless it is there already, or further.
    void restore(StepFolder folder, VerifiedDownload copies) throws IOException {
        StepKey key = folder.key();
        Optional<byte[]> json = bucket.get(name(key, LATEST));
        if (json.isEmpty() || Arrays.equals(json.get(), remembered(key))) return;
        Map<String, UploadedFile> files = read(json.get());
        clear(folder);
        for (var file : files.entrySet()) {
            UploadedFile uploaded = file.getValue();
            VerifiedDownload.Outcome outcome = copies.copy(
                    name(key, uploaded.object()),
                    new StoredFile(uploaded.bytes(), uploaded.sha256()),
                    VerifiedDownload.inside(folder.path(), file.getKey()));
            if (outcome != VerifiedDownload.Outcome.Present) {
                discard(folder, outcome);
                return;
            }
        }
        remember(key, json.get());
    }

    /// A checkpoint saves time and decides nothing, so a broken one is no reason to fail.
    private static void discard(StepFolder folder, VerifiedDownload.Outcome outcome) throws IOException {
        LOG.warn(
                "a file of the checkpoint of step {} is {}; it starts from the beginning",
                folder.key().brief(),
                outcome.name().toLowerCase(Locale.ROOT));
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

    private SortedMap<String, UploadedFile> latestHere(StepKey key) throws IOException {
        byte[] json = remembered(key);
        return json.length == 0 ? new TreeMap<>() : read(json);
    }

    private static SortedMap<String, UploadedFile> read(byte[] json) throws IOException {
        try {
            return StoreJson.MAPPER.readValue(json, Snapshot.class).files();
        } catch (JsonProcessingException broken) {
            LOG.warn("a {} is not readable; the step starts from the beginning", LATEST, broken);
            return new TreeMap<>();
        }
    }

    private byte[] remembered(StepKey key) throws IOException {
        Path file = records.resolve(key.hex() + ".json");
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    private void remember(StepKey key, byte[] json) throws IOException {
        Files.createDirectories(records);
        AtomicFiles.write(records.resolve(key.hex() + ".json"), json);
    }

    void forget(StepKey key) throws IOException {
        Files.deleteIfExists(records.resolve(key.hex() + ".json"));
    }
}
