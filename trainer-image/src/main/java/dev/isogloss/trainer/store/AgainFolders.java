package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Folders in which finished steps are computed again, and the exchange of one of them for the step's own.
///
///     again/<key>/            what is being made
///     again/<key>.replaced/   what was replaced, until it is deleted
record AgainFolders(Path root) {
    private static final String FOLDER = "again";
    private static final String ASIDE = ".replaced";

    StepFolder of(StepKey key) {
        return new StepFolder(key, root.resolve(FOLDER).resolve(key.hex()));
    }

    /// Where a step's folder is for the moment in which another takes its place.
    Path aside(StepKey key) {
        return root.resolve(FOLDER).resolve(key.hex() + ASIDE);
    }

    boolean isUsed() {
        return Files.isDirectory(root.resolve(FOLDER));
    }

    /// A folder cannot be renamed onto one that holds files. Between the two renames there is none for a moment. On
    /// file systems without locks who comes then puts the former one back, and the exchange begins anew.
    void exchange(StepFolder made) throws IOException {
        StepFolder step = Store.folder(root, made.key());
        Path target = step.path();
        Path aside = aside(made.key());
        Files.createDirectories(target.resolveSibling("."));
        while (true) {
            if (Files.exists(step.result())) AtomicFiles.delete(aside); // of one killed at the end
            else AtomicFiles.delete(target); // its result was removed by hand
            try {
                Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException removed) {
                // By gc, meanwhile; or it is aside since a process was killed.
            }
            try {
                Files.move(made.path(), target, StandardCopyOption.ATOMIC_MOVE);
                break;
            } catch (FileSystemException back) {
                if (!Files.exists(target)) throw back;
                // The next turn moves it again.
            }
        }
        AtomicFiles.delete(aside);
    }

    /// A process that was killed between the two renames left no folder of the step: what there was comes back. The
    /// caller holds the step's lock.
    void putBack(StepKey key) throws IOException {
        if (!isAside(key)) return;
        Path folder = Store.folder(root, key).path();
        try {
            Files.move(aside(key), folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException another) {
            boolean wasQuicker = another instanceof NoSuchFileException || Files.exists(folder);
            if (!wasQuicker) throw another;
        }
    }

    private boolean isAside(StepKey key) {
        return !Files.exists(Store.folder(root, key).path()) && Files.exists(aside(key));
    }

    /// The same for who does not hold it: nothing happens while a process is between the two renames.
    void putBackIfFree(StepKey key) throws IOException {
        if (!isAside(key)) return;
        Optional<StepLock> free = StepLock.tryAcquire(StepLocks.file(root, key));
        if (free.isEmpty()) return;
        try (StepLock lock = free.get()) {
            putBack(key);
        }
    }

    /// Steps that are aside, or whose former folder is not deleted yet.
    Set<StepKey> aside() throws IOException {
        return folders().stream()
                .map(folder -> folder.getFileName().toString())
                .filter(name -> name.endsWith(ASIDE))
                .map(AgainFolders::key)
                .collect(Collectors.toSet());
    }

    /// What is aside because a process was killed between the two renames is none.
    List<Leftover> leftovers() throws IOException {
        TreeMap<StepKey, List<Path>> byStep = new TreeMap<>();
        for (Path folder : folders()) {
            StepKey key = key(folder.getFileName().toString());
            if (!folder.equals(aside(key))
                    || Files.exists(Store.folder(root, key).result()))
                byStep.computeIfAbsent(key, first -> new ArrayList<>()).add(folder);
        }
        List<Leftover> leftovers = new ArrayList<>();
        for (var entry : byStep.entrySet()) leftovers.add(leftover(entry.getKey(), entry.getValue()));
        return leftovers;
    }

    private List<Path> folders() throws IOException {
        if (!isUsed()) return List.of();
        try (Stream<Path> folders = Files.list(root.resolve(FOLDER))) {
            return folders.filter(folder ->
                            Store.isKey(folder.getFileName().toString().replace(ASIDE, "")))
                    .sorted()
                    .toList();
        }
    }

    private static StepKey key(String name) {
        return new StepKey(name.replace(ASIDE, ""));
    }

    private static Leftover leftover(StepKey key, List<Path> folders) throws IOException {
        long bytes = 0;
        TreeSet<Instant> written = new TreeSet<>();
        for (Path folder : folders) {
            StepStorage.Usage usage = FolderStorage.usage(folder);
            bytes += usage.bytes();
            written.add(usage.newest());
            written.add(FileState.changed(folder)); // it was moved here, or begun
        }
        return new Leftover(key, bytes, written.last(), folders, List.of());
    }

    void remove(StepKey key) throws IOException {
        AtomicFiles.delete(aside(key));
        AtomicFiles.delete(of(key).path());
    }
}
