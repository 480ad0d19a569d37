package dev.isogloss.trainer.store;

import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.lock.ExclusiveWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `published/<name>/<version>/`: the files of an encoder, and `copy.json`. Steps read them where they lie.
record FolderCopies(Path root) implements EncoderCopies {
    private static final String PUBLISHED = "published";
    private static final String LOCK = ".lock";

    @Override
    public Optional<KeptEncoder> find(Identity encoder, String source) throws IOException {
        return read(folder(encoder))
                .filter(copy -> copy.source().equals(source))
                .map(copy -> new KeptEncoder(copy, folder(encoder)));
    }

    @Override
    public Optional<KeptEncoder> keep(Identity encoder, String source, Fetch fetch) throws IOException {
        Path target = folder(encoder);
        Path lock = target.resolveSibling(target.getFileName() + LOCK);
        return ExclusiveWork.under(lock, () -> {
            if (read(target).isEmpty()) {
                AtomicFiles.removeLeftoversOf(target);
                AtomicFiles.delete(target); // what is left of one whose record was removed
                List<Path> fetched = fetch.files();
                // On a file system without locks two may fetch: the first to finish is the one whose copy stays.
                AtomicFiles.folderOnce(target, beside -> fill(beside, encoder, source, fetched));
            }
            return find(encoder, source);
        });
    }

    private static void fill(Path beside, Identity encoder, String source, List<Path> fetched) throws IOException {
        TreeMap<String, StoredFile> files = new TreeMap<>();
        for (Path file : fetched) {
            Path copy = beside.resolve(file.getFileName().toString());
            try {
                Files.createLink(copy, file.toRealPath()); // a cache on the same disk costs no second gigabyte
            } catch (IOException | UnsupportedOperationException otherDisk) {
                Files.copy(file.toRealPath(), copy);
            }
            files.put(copy.getFileName().toString(), new StoredFile(Files.size(copy), Sha256.of(copy)));
        }
        Files.write(
                beside.resolve(EncoderCopy.FILE),
                EncoderCopy.of(encoder, source, files).json());
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Optional<EncoderCopy> read(Path folder) throws IOException {
        Path file = folder.resolve(EncoderCopy.FILE);
        try {
            return Optional.of(EncoderCopy.read(Files.readAllBytes(file), file.toString()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    @Override
    public List<Listed> all() throws IOException {
        Path published = root.resolve(PUBLISHED);
        if (!Files.isDirectory(published)) return List.of();
        List<Path> folders = new ArrayList<>();
        for (Path name : sorted(published))
            for (Path version : sorted(name)) if (Files.isDirectory(version)) folders.add(version);
        List<Listed> all = new ArrayList<>();
        for (Path folder : folders) {
            long bytes = 0;
            for (Path file : listed(folder)) bytes += Files.size(file);
            Instant newest = Files.getLastModifiedTime(folder).toInstant();
            String place = root.relativize(folder).toString().replace('\\', '/');
            all.add(new Listed(place, read(folder).orElse(null), bytes, newest));
        }
        return all;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Override
    public Optional<StoredFile> reread(Listed copy, String name) throws IOException {
        Path file = root.resolve(copy.place()).resolve(name);
        return Files.exists(file) ? Optional.of(new StoredFile(Files.size(file), Sha256.of(file))) : Optional.empty();
    }

    @Override
    public void remove(Listed copy) throws IOException {
        Path folder = root.resolve(copy.place());
        Files.deleteIfExists(folder.resolve(EncoderCopy.FILE));
        AtomicFiles.delete(folder);
    }

    private Path folder(Identity encoder) {
        return root.resolve(EncoderCopy.path(encoder));
    }
}
