package dev.isogloss.trainer.store;

import static java.util.stream.Collectors.toCollection;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Storage in the folder that steps work in: a disk, or a mounted claim. Nothing has to be copied.
record FolderStorage(Path root) implements StepStorage {

    @Override
    public String address() {
        return root.toString();
    }

    @Override
    public String address(StepKey key, String name) {
        return file(key, name).toString();
    }

    private static final String AGAIN = "again";
    private static final String STALE = "stale";

    /// Where a finished step is computed again.
    static StepFolder again(Path root, StepKey key) {
        return new StepFolder(key, root.resolve(AGAIN).resolve(key.hex()));
    }

    /// Where a step's folder is for the moment in which another takes its place.
    private Path aside(StepKey key) {
        return root.resolve(AGAIN).resolve(key.hex() + ".replaced");
    }

    private Path file(StepKey key, String name) {
        return Store.folder(root, key).path().resolve(name);
    }

    @Override
    public List<StepKey> keys() throws IOException {
        Path steps = root.resolve(Store.STEPS);
        if (!Files.isDirectory(steps)) return List.of();
        try (Stream<Path> folders = Files.list(steps)) {
            return List.copyOf(folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(Store::isKey)
                    .map(StepKey::new)
                    .collect(toCollection(TreeSet::new)));
        }
    }

    @Override
    public List<StoreEntry.Finished> finished() throws IOException {
        List<StoreEntry.Finished> finished = new ArrayList<>();
        for (StepKey key : keys()) {
            try {
                Instant written =
                        Files.getLastModifiedTime(file(key, StepFolder.RESULT)).toInstant();
                finished.add(new StoreEntry.Finished(key, written));
            } catch (NoSuchFileException unfinished) {
                // A step without a result is not there.
            }
        }
        return finished.stream().sorted(StoreEntry.Finished.NEWEST_FIRST).toList();
    }

    @Override
    public int affordableReads() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Optional<byte[]> read(StepKey key, String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file(key, name)));
        } catch (NoSuchFileException missing) {
            return Files.isDirectory(root.resolve(AGAIN)) ? readOnceMore(key, name) : Optional.empty();
        }
    }

    /// Another process may be replacing the step: there is no folder for a moment. If it was killed just then there is
    /// none for longer, and what there was comes back.
    private Optional<byte[]> readOnceMore(StepKey key, String name) throws IOException {
        Path folder = Store.folder(root, key).path();
        try {
            if (!Files.exists(folder)) Files.move(aside(key), folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException | FileAlreadyExistsException | DirectoryNotEmptyException another) {
            // There never was one, or somebody was quicker.
        }
        try {
            return Optional.of(Files.readAllBytes(file(key, name)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<StoredFile> reread(StepKey key, String name) throws IOException {
        Path file = file(key, name);
        return Files.exists(file) ? Optional.of(new StoredFile(Files.size(file), Sha256.of(file))) : Optional.empty();
    }

    @Override
    public boolean hasCheckpoint(StepKey key) {
        return Files.exists(Store.folder(root, key).checkpoint());
    }

    @Override
    public Usage usage(StepKey key) throws IOException {
        long bytes = 0;
        Instant newest = Instant.EPOCH;
        try {
            for (Path file : AtomicFiles.filesIn(Store.folder(root, key).path())) {
                bytes += Files.size(file);
                Instant written = Files.getLastModifiedTime(file).toInstant();
                if (written.isAfter(newest)) newest = written;
            }
            return new Usage(bytes, newest);
        } catch (NoSuchFileException vanished) {
            return new Usage(0, Instant.now());
        }
    }

    @Override
    public void begin(StepFolder folder) {}

    @Override
    public Optional<String> keepCheckpoint(StepFolder folder) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> publish(StepFolder folder, SortedMap<String, StoredFile> files, byte[] result)
            throws IOException {
        Optional<byte[]> earlier = read(folder.key(), StepFolder.RESULT);
        if (earlier.isEmpty()) {
            AtomicFiles.write(folder.files(), StoreJson.MAPPER.writeValueAsString(files));
            AtomicFiles.write(folder.result(), result);
        }
        AtomicFiles.delete(folder.checkpoint());
        return earlier;
    }

    /// A folder cannot be renamed onto one that holds files. Between the two renames there is none for a moment; who
    /// comes then puts the former one back, and the exchange begins anew.
    @Override
    public void replace(StepFolder made, SortedMap<String, StoredFile> files, byte[] result) throws IOException {
        AtomicFiles.write(made.files(), StoreJson.MAPPER.writeValueAsString(files));
        AtomicFiles.write(made.result(), result);
        Path target = Store.folder(root, made.key()).path();
        Path aside = aside(made.key());
        Files.createDirectories(target.resolveSibling("."));
        while (true) {
            if (Files.exists(file(made.key(), StepFolder.RESULT)))
                AtomicFiles.delete(aside); // of one killed at the end
            else AtomicFiles.delete(target); // somebody has looked whether it is locked
            try {
                Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException removed) {
                // By gc, meanwhile; or it is aside since a process was killed.
            }
            try {
                Files.move(made.path(), target, StandardCopyOption.ATOMIC_MOVE);
                break;
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException back) {
                // The next turn moves it again.
            }
        }
        AtomicFiles.delete(aside);
    }

    @Override
    public Set<StepKey> stale() throws IOException {
        Path stale = root.resolve(STALE);
        if (!Files.isDirectory(stale)) return Set.of();
        try (Stream<Path> marks = Files.list(stale)) {
            return marks.map(mark -> mark.getFileName().toString())
                    .filter(Store::isKey)
                    .map(StepKey::new)
                    .collect(toCollection(TreeSet::new));
        }
    }

    @Override
    public void markStale(StepKey key, boolean stale) throws IOException {
        Path mark = root.resolve(STALE).resolve(key.hex());
        if (!stale) Files.deleteIfExists(mark);
        else {
            Files.createDirectories(root.resolve(STALE));
            AtomicFiles.write(mark, "");
        }
    }

    @Override
    public void fetch(StepFolder folder, String name) {}

    @Override
    public void remove(StepKey key) throws IOException {
        StepFolder folder = Store.folder(root, key);
        Files.deleteIfExists(folder.result());
        AtomicFiles.delete(folder.path());
        AtomicFiles.delete(again(root, key).path());
        AtomicFiles.delete(aside(key));
        markStale(key, false);
    }

    @Override
    public EncoderCopies encoders() {
        return new FolderCopies(root);
    }

    @Override
    public IdentityRecords identities() {
        return new FolderIdentities(root);
    }
}
