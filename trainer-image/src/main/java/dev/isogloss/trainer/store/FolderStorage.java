package dev.isogloss.trainer.store;

import static java.util.stream.Collectors.toCollection;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private AgainFolders again() {
        return new AgainFolders(root);
    }

    private Path file(StepKey key, String name) {
        return Store.folder(root, key).path().resolve(name);
    }

    @Override
    public List<StepKey> keys() throws IOException {
        Path steps = root.resolve(Store.STEPS);
        if (!Files.isDirectory(steps)) return List.of();
        try (Stream<Path> folders = Files.list(steps)) {
            TreeSet<StepKey> keys = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(Store::isKey)
                    .map(StepKey::new)
                    .collect(toCollection(TreeSet::new));
            keys.addAll(again().aside());
            return List.copyOf(keys);
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

    /// Another process may be replacing the step: there is no folder for a moment. If it was killed just then there is
    /// none for longer, and what there was comes back, or is read where it is if nothing can be written.
    @Override
    public Optional<byte[]> read(StepKey key, String name) throws IOException {
        Optional<byte[]> here = bytes(file(key, name));
        if (here.isPresent() || !again().isUsed()) return here;
        try {
            again().putBackIfFree(key);
        } catch (FileSystemException readOnly) {
            return bytes(again().aside(key).resolve(name));
        }
        here = bytes(file(key, name));
        if (here.isPresent() || Files.exists(Store.folder(root, key).path())) return here;
        Optional<byte[]> former = bytes(again().aside(key).resolve(name));
        return former.isPresent() ? former : bytes(file(key, name));
    }

    private static Optional<byte[]> bytes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<StoredFile> reread(StepKey key, String name) throws IOException {
        Path file = file(key, name);
        try {
            return Optional.of(new StoredFile(Files.size(file), Sha256.of(file)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    @Override
    public boolean hasCheckpoint(StepKey key) {
        return Files.exists(Store.folder(root, key).checkpoint());
    }

    @Override
    public Usage usage(StepKey key) throws IOException {
        return usage(Store.folder(root, key).path());
    }

    static Usage usage(Path folder) throws IOException {
        long bytes = 0;
        Instant newest = Instant.EPOCH;
        try {
            for (Path file : AtomicFiles.filesIn(folder)) {
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

    @Override
    public void replace(StepFolder made, SortedMap<String, StoredFile> files, byte[] result) throws IOException {
        AtomicFiles.write(made.files(), StoreJson.MAPPER.writeValueAsString(files));
        AtomicFiles.write(made.result(), result);
        AtomicFiles.delete(made.checkpoint());
        AtomicFiles.delete(made.path().resolve(SeenMarks.FILE));
        again().exchange(made);
    }

    @Override
    public void discard(StepFolder made) throws IOException {
        AtomicFiles.delete(made.path());
    }

    @Override
    public List<Leftover> leftovers() {
        return List.of();
    }

    @Override
    public void remove(Leftover leftover) {}

    @Override
    public StaleMarks marks() {
        return FolderMarks.in(root);
    }

    @Override
    public void recover(StepKey key) throws IOException {
        again().putBack(key);
    }

    @Override
    public void fetch(StepFolder folder, String name) throws IOException {
        again().putBackIfFree(folder.key());
    }

    @Override
    public void remove(StepKey key) throws IOException {
        StepFolder folder = Store.folder(root, key);
        Files.deleteIfExists(folder.result());
        AtomicFiles.delete(folder.path());
        marks().remove(marks().of(key));
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
