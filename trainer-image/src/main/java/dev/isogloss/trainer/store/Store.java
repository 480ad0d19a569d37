package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.json.JsonMistake;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A folder in which every step has a folder, named by its key. A step writes its files, then its result, whole and
/// last: before that it does not exist for any reader, and after that it never changes, unless a user has it computed
/// again ([RepeatedStep]). Opening a store creates nothing, and reading from one that does not exist finds it empty.
///
///     steps/<key>/{step.json, result.json, files.json, curve.jsonl, model/, predictions/, selected/, checkpoint/}
///     again/<key>/                                          a finished step that is being computed again
///     stale/<key>.<id>                                      a step that was made from what was replaced since
///     locks/<key>                                           held by the process that runs the step
///     published/<name>/<version>/                           encoders of a hub, fetched once for all steps
///     {datasets, corpora, encoders}/<name>/<version>.json   what its files were when a step first read them
///     digests/, tokens/                                     what need not be computed again, and may be lost
public final class Store {
    static final String STEPS = "steps";
    private static final String FORMER_LOCK = ".lock";
    private static final Set<String> NOT_MADE =
            Set.of(FORMER_LOCK, SeenMarks.FILE, StepFolder.FILES, StepFolder.RESULT);

    private final Path root;
    private final StepStorage storage;
    private final RememberedDigests digests;

    private Store(Path root, StepStorage storage, RememberedDigests digests) {
        this.root = root;
        this.storage = storage;
        this.digests = digests;
    }

    /// @throws InvalidInput if `root` is a file, or would lie below one
    public static Store open(Path root) {
        return open(root, RememberedDigests.in(root));
    }

    /// @param digests of the files that steps read
    public static Store open(Path root, RememberedDigests digests) {
        Path deepest = root.toAbsolutePath();
        while (!Files.exists(deepest) && deepest.getParent() != null) deepest = deepest.getParent();
        if (!Files.isDirectory(deepest))
            throw new InvalidInput(
                    deepest.equals(root.toAbsolutePath())
                            ? "The store %s is a file; a store is a folder. Name another with --store DIR."
                                    .formatted(root)
                            : "The store %s cannot be made: %s is a file, not a folder. Name another with --store DIR."
                                    .formatted(root, deepest));
        return new Store(root, new FolderStorage(root), digests);
    }

    /// A store that is kept elsewhere.
    ///
    /// @param scratch where steps work, and where what they read is fetched to; it may be lost at any time
    public static Store open(StepStorage storage, Path scratch, RememberedDigests digests) {
        open(scratch);
        return new Store(scratch, storage, digests);
    }

    /// The folder in which steps work.
    public Path root() {
        return root;
    }

    /// The store's address for users: a folder, or `s3://bucket/prefix`.
    public String address() {
        return storage.address();
    }

    /// The same of one of its steps.
    public String address(StepKey key) {
        return storage.address(key, "").replaceFirst("/$", "");
    }

    StepStorage storage() {
        return storage;
    }

    /// Digests of the files that steps read.
    public RememberedDigests digests() {
        return digests;
    }

    /// The folder of a step, begun or not. To read what a finished one made, ask for [#model] and the
    /// like.
    public StepFolder folder(StepKey key) {
        return folder(root, key);
    }

    static StepFolder folder(Path root, StepKey key) {
        return new StepFolder(key, root.resolve(STEPS).resolve(key.hex()));
    }

    /// True if a folder's name may be a step's.
    public static boolean isKey(String name) {
        return name.matches("[0-9a-f]{64}");
    }

    /// The model that a finished step made, on this machine.
    public Path model(StepKey key) {
        return fetched(key, folder(key).model());
    }

    public Path predictions(StepKey key) {
        return fetched(key, folder(key).predictions());
    }

    public Path selected(StepKey key) {
        return fetched(key, folder(key).selected());
    }

    public Path augmented(StepKey key) {
        return fetched(key, folder(key).augmented());
    }

    /// A file or folder that a finished step left beside the usual ones.
    public Path made(StepKey key, String name) {
        return fetched(key, folder(key).path().resolve(name));
    }

    /// The `step.json` of a finished step.
    public Path spec(StepKey key) {
        return fetched(key, folder(key).step());
    }

    private Path fetched(StepKey key, Path path) {
        StepFolder folder = folder(key);
        return StoreErrors.writing(root, () -> {
            storage.fetch(folder, folder.path().relativize(path).toString());
            return path;
        });
    }

    public boolean isDone(StepKey key) {
        return read(key, StepFolder.RESULT).isPresent();
    }

    /// True if a step is done, and nothing that it was made from was replaced since.
    public boolean isCurrent(StepKey key) {
        return isDone(key) && !isStale(key);
    }

    /// True if what a step was, or is being, made from was replaced since: who needs it computes it again.
    public boolean isStale(StepKey key) {
        return StoreErrors.reading(() -> !storage.marks().of(key).isEmpty());
    }

    /// All such steps.
    public Set<StepKey> stale() {
        return StoreErrors.reading(() -> storage.marks().steps());
    }

    /// `step.json`, `result.json` or `files.json` of a step.
    public Optional<byte[]> read(StepKey key, String name) {
        return StoreErrors.reading(() -> storage.read(key, name));
    }

    /// @throws InvalidInput if the result is not readable: the store was written to by hand
    public Optional<StepResult> result(StepKey key) {
        return read(key, StepFolder.RESULT).map(json -> result(key, json));
    }

    private StepResult result(StepKey key, byte[] json) {
        try {
            return StoreJson.MAPPER.readValue(json, StepResult.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "%s is not what a step writes (%s). Remove the folder %s, and the step runs again."
                            .formatted(storage.address(key, StepFolder.RESULT), JsonMistake.inWords(e), address(key)),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every step that has a folder, finished or not.
    public List<StepKey> keys() {
        return StoreErrors.reading(() -> storage.keys());
    }

    /// Every finished step, the newest first.
    public List<StoreEntry.Finished> finished() {
        return StoreErrors.reading(() -> storage.finished());
    }

    /// How many small files can be read for a question that a user waits at.
    public int affordableReads() {
        return storage.affordableReads();
    }

    /// The `step.json` of a step, if it is one: its SHA-256 is the key. What this machine has of it is not fetched.
    public Optional<byte[]> keyDocument(StepKey key) {
        return StoreErrors.reading(() -> {
            Optional<byte[]> here = documentHere(key);
            return here.isPresent() ? here : storage.read(key, StepFolder.STEP).filter(json -> isOf(key, json));
        });
    }

    private Optional<byte[]> documentHere(StepKey key) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(folder(key).step())).filter(json -> isOf(key, json));
        } catch (NoSuchFileException elsewhere) {
            return Optional.empty();
        }
    }

    private static boolean isOf(StepKey key, byte[] json) {
        return Sha256.of(json).equals(key.hex());
    }

    /// Who runs which step.
    public StepLocks locks() {
        return new StepLocks(root, storage);
    }

    /// True if some process ever started on a step.
    public boolean hasBegun(StepKey key) {
        return read(key, StepFolder.STEP).isPresent();
    }

    public boolean hasCheckpoint(StepKey key) {
        return StoreErrors.reading(() -> storage.hasCheckpoint(key));
    }

    /// The step whose key begins with `digits`.
    ///
    /// @throws InvalidInput if there is none, or more than one
    public StepKey find(String digits) {
        List<StepKey> fitting =
                keys().stream().filter(key -> key.hex().startsWith(digits)).toList();
        if (fitting.size() == 1) return fitting.getFirst();
        if (fitting.isEmpty())
            throw new InvalidInput(
                    "The store %s holds no step whose key begins with \"%s\"; isogloss store ls lists the keys."
                            .formatted(address(), digits));
        throw new InvalidInput("%d steps in %s have keys that begin with \"%s\"; give more digits."
                .formatted(fitting.size(), address(), digits));
    }

    /// The folder to run a step in, with its `step.json` written. What an earlier attempt wrote whole (its checkpoint
    /// above all) is still there, unless it was made from what was replaced since; what it was writing when it
    /// died is removed. The caller holds the step's lock.
    ///
    /// @throws InvalidInput if the store is read-only
    public StepFolder begin(StepKey key, StepSpec spec) {
        return begin(folder(key), spec);
    }

    StepFolder begin(StepFolder folder, StepSpec spec) {
        return StoreErrors.writing(root, () -> {
            Files.createDirectories(folder.path());
            AtomicFiles.removeLeftovers(folder.path());
            AtomicFiles.write(folder.step(), CanonicalJson.of(spec));
            storage.begin(folder);
            new SeenMarks(folder).begin(storage.marks());
            return folder;
        });
    }

    /// A checkpoint was written in the folder that a step works in: keeps it where another machine finds it.
    ///
    /// @return what to tell the user if that failed and may work next time; the step itself is not harmed
    public Optional<String> keepCheckpoint(StepFolder folder) {
        return StoreErrors.writing(root, () -> storage.keepCheckpoint(folder));
    }

    /// Commits a step: lists its files, then writes `result.json`, then drops the checkpoint. A result that is already
    /// there stays, since it may have been read.
    public StepResult commit(StepResult result) {
        StepFolder folder = folder(result.key());
        return StoreErrors.writing(root, () -> {
            Optional<byte[]> earlier =
                    storage.publish(folder, inventory(folder), StoreJson.MAPPER.writeValueAsBytes(result));
            AtomicFiles.delete(folder.checkpoint());
            SeenMarks seen = new SeenMarks(folder);
            if (earlier.isEmpty()) seen.end(storage.marks(), seen.read());
            return earlier.map(json -> result(result.key(), json)).orElse(result);
        });
    }

    /// What is left of computing finished steps again, or needed by whoever does that now.
    public List<Leftover> leftovers() {
        return StoreErrors.reading(() -> {
            List<Leftover> all = new ArrayList<>(new AgainFolders(root).leftovers());
            all.addAll(storage.leftovers());
            return all;
        });
    }

    static TreeMap<String, StoredFile> inventory(StepFolder folder) throws IOException {
        TreeMap<String, StoredFile> files = new TreeMap<>();
        for (Path file : AtomicFiles.filesIn(folder.path())) {
            String name = folder.path().relativize(file).toString().replace('\\', '/');
            if (file.startsWith(folder.checkpoint()) || NOT_MADE.contains(name)) continue;
            AtomicFiles.force(file);
            files.put(name, new StoredFile(Files.size(file), Sha256.of(file)));
        }
        return files;
    }

    /// The copy of an encoder that was fetched from `source`, if there is one.
    public Optional<KeptEncoder> keptEncoder(Identity encoder, String source) {
        return StoreErrors.writing(root, () -> storage.encoders().find(encoder, source));
    }

    /// Fetches an encoder and keeps it; see [EncoderCopies#keep].
    public Optional<KeptEncoder> keepEncoder(Identity encoder, String source, EncoderCopies.Fetch fetch) {
        return StoreErrors.writing(root, () -> storage.encoders().keep(encoder, source, fetch));
    }

    /// All copies of encoders, finished or not.
    public List<EncoderCopies.Listed> encoders() {
        return StoreErrors.reading(() -> storage.encoders().all());
    }

    /// Checks that the files of a dataset, corpus or encoder are what they were when a step first used them. Give the
    /// SHA-256 of every file a step reads, by a name that does not depend on where the data lies (`de/test.jsonl`).
    ///
    /// @throws InvalidInput if a file was recorded with other bytes under the same name and version
    public void checkIdentity(Identity identity, Map<String, String> sha256ByFile) {
        try {
            storage.identities().check(identity, sha256ByFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same, and remembers the files that were not known. Call it once they turned out sound: a file that a user
    /// has to mend first must not be held against the mended one.
    ///
    /// @throws InvalidInput if a file was recorded with other bytes under the same name and version
    public void identify(Identity identity, Map<String, String> sha256ByFile) {
        StoreErrors.writing(root, () -> {
            storage.identities().record(identity, sha256ByFile);
            return identity;
        });
    }
}
