package dev.isogloss.trainer.store;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepResult;
import dev.isogloss.plan.StepSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A folder in which every step has a folder, named by its key. A step writes what it makes, then its result, whole
/// and last: before that it does not exist for anyone, and after that it never changes. Opening a store creates
/// nothing, and reading from one that is not there finds it empty.
///
///     steps/<key>/{step.json, result.json, files.json, curve.jsonl, model/, predictions/, selected/, checkpoint/}
///     {datasets, corpora, encoders}/<name>/<version>.json   what its files were when a step first read them
public final class Store {
    private static final String LOCK = ".lock";

    private final Path root;

    private Store(Path root) {
        this.root = root;
    }

    /// @throws InvalidInput if `root` is a file, or would lie below one
    public static Store open(Path root) {
        Path deepest = root.toAbsolutePath();
        while (!Files.exists(deepest) && deepest.getParent() != null) deepest = deepest.getParent();
        if (!Files.isDirectory(deepest))
            throw new InvalidInput(
                    deepest.equals(root.toAbsolutePath())
                            ? "The store %s is a file; a store is a folder. Name another with --store DIR."
                                    .formatted(root)
                            : "The store %s cannot be made: %s is a file, not a folder. Name another with --store DIR."
                                    .formatted(root, deepest));
        return new Store(root);
    }

    public Path root() {
        return root;
    }

    /// The folder of a step, whether or not it exists.
    public StepFolder folder(StepKey key) {
        return new StepFolder(key, steps().resolve(key.hex()));
    }

    private Path steps() {
        return root.resolve("steps");
    }

    public boolean isDone(StepKey key) {
        return Files.exists(folder(key).result());
    }

    /// @throws InvalidInput if the result is there but is no result: somebody wrote into the store
    public Optional<StepResult> result(StepKey key) {
        Path file = folder(key).result();
        try {
            return Optional.of(StoreJson.MAPPER.readValue(Files.readAllBytes(file), StepResult.class));
        } catch (NoSuchFileException unfinished) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "%s is not what a step writes (%s). Remove the folder %s, and the step runs again."
                            .formatted(file, e.getOriginalMessage(), file.getParent()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every step that has a folder, finished or not.
    public List<StepKey> keys() {
        if (!Files.isDirectory(steps())) return List.of();
        try (Stream<Path> folders = Files.list(steps())) {
            return List.copyOf(folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{64}"))
                    .map(StepKey::new)
                    .collect(toCollection(TreeSet::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The right to run a step. Whoever gets it looks at [#isDone] once more: another process may have been quicker.
    ///
    /// @return empty if somebody else is running it now
    /// @throws InvalidInput if the store is read-only
    public Optional<StepLock> tryLock(StepKey key) {
        Path folder = folder(key).path();
        return StoreErrors.writing(root, () -> {
            Files.createDirectories(folder);
            return StepLock.tryAcquire(folder.resolve(LOCK));
        });
    }

    /// Whether some process is running a step this moment. Nothing is written.
    public boolean isRunning(StepKey key) {
        Path lock = folder(key).path().resolve(LOCK);
        if (!Files.exists(lock)) return false;
        try {
            Optional<StepLock> free = StepLock.tryAcquire(lock);
            if (free.isPresent()) free.get().close();
            return free.isEmpty();
        } catch (IOException readOnly) {
            return false;
        }
    }

    /// Whether some process ever started on a step.
    public boolean hasBegun(StepKey key) {
        return Files.exists(folder(key).step());
    }

    public boolean hasCheckpoint(StepKey key) {
        return Files.exists(folder(key).checkpoint());
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
                            .formatted(root, digits));
        throw new InvalidInput("%d steps in %s have keys that begin with \"%s\"; give more digits."
                .formatted(fitting.size(), root, digits));
    }

    /// Who runs a step that cannot be locked: "process 4711 on lab-3 since 2026-01-31T10:00:00Z".
    public String holder(StepKey key) {
        return StepLock.holder(folder(key).path().resolve(LOCK));
    }

    /// The folder to run a step in, with its `step.json` written. What an earlier attempt wrote whole (its checkpoint
    /// above all) is still there; what it was writing when it died is removed. The caller holds the step's lock.
    ///
    /// @throws InvalidInput if the store is read-only
    public StepFolder begin(StepKey key, StepSpec spec) {
        StepFolder folder = folder(key);
        return StoreErrors.writing(root, () -> {
            Files.createDirectories(folder.path());
            AtomicFiles.removeLeftovers(folder.path());
            AtomicFiles.write(folder.step(), CanonicalJson.of(spec));
            return folder;
        });
    }

    /// Makes a step count: lists its files, then writes `result.json`, then drops the checkpoint. A result that is
    /// already there stays, for somebody may have read it.
    public StepResult commit(StepResult result) {
        StepFolder folder = folder(result.key());
        return StoreErrors.writing(root, () -> {
            Optional<StepResult> earlier = result(result.key());
            if (earlier.isEmpty()) {
                AtomicFiles.write(folder.files(), StoreJson.MAPPER.writeValueAsString(inventory(folder)));
                AtomicFiles.write(folder.result(), StoreJson.MAPPER.writeValueAsString(result));
            }
            AtomicFiles.delete(folder.checkpoint());
            Files.deleteIfExists(folder.path().resolve(LOCK));
            return earlier.orElse(result);
        });
    }

    private static TreeMap<String, StoredFile> inventory(StepFolder folder) throws IOException {
        TreeMap<String, StoredFile> files = new TreeMap<>();
        for (Path file : AtomicFiles.filesIn(folder.path())) {
            if (file.startsWith(folder.checkpoint())
                    || file.equals(folder.path().resolve(LOCK))) continue;
            if (file.equals(folder.files()) || file.equals(folder.result())) continue;
            AtomicFiles.force(file);
            String name = folder.path().relativize(file).toString().replace('\\', '/');
            files.put(name, new StoredFile(Files.size(file), Sha256.read(file)));
        }
        return files;
    }

    /// Checks that the files of a dataset, corpus or encoder are what they were when a step first used them. Give the
    /// SHA-256 of every file a step reads, by a name that does not depend on where the data lies (`de/test.jsonl`).
    ///
    /// @throws InvalidInput if a file was recorded with other bytes under the same name and version
    public void checkIdentity(Identity identity, Map<String, String> sha256ByFile) {
        try {
            IdentityRecords.check(root, identity, sha256ByFile);
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
            IdentityRecords.record(root, identity, sha256ByFile);
            return identity;
        });
    }
}
