package dev.isogloss.trainer.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Files and folders that exist whole or not at all: written beside their name, forced to the disk, renamed.
public final class AtomicFiles {
    private static final String BESIDE = ".writing-";

    private AtomicFiles() {}

    /// Fills a file or folder at the path it is given.
    @FunctionalInterface
    public interface Filler {
        void fill(Path path) throws IOException;
    }

    public static void write(Path target, String text) throws IOException {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void write(Path target, byte[] bytes) throws IOException {
        file(target, beside -> Files.write(beside, bytes));
    }

    /// The same without waiting for the disk: a power cut may leave other bytes, so only for what its readers check.
    public static void writeUnforced(Path target, byte[] bytes) throws IOException {
        Path beside = beside(target);
        try {
            Files.write(beside, bytes);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Lets `filler` make one file and gives it its name once it is complete. Whatever had that name is replaced.
    public static void file(Path target, Filler filler) throws IOException {
        Path beside = beside(target);
        try {
            filler.fill(beside);
            force(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(target.resolveSibling("."));
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Lets `filler` fill one folder and gives it its name once it is complete. A folder of that name is replaced:
    /// for a moment there is none, but never half of one.
    public static void folder(Path target, Filler filler) throws IOException {
        Path beside = beside(target);
        Path old = beside(target);
        try {
            fill(beside, filler);
            replace(target, beside, old);
            forceFolder(target.resolveSibling("."));
        } finally {
            delete(beside);
            delete(old);
        }
    }

    /// The same, unless there is a folder of that name once it is filled: then that one stays.
    static void folderOnce(Path target, Filler filler) throws IOException {
        Path beside = beside(target);
        try {
            fill(beside, filler);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(target.resolveSibling("."));
        } catch (FileSystemException another) {
            if (!Files.isDirectory(target)) throw another;
        } finally {
            delete(beside);
        }
    }

    private static void fill(Path beside, Filler filler) throws IOException {
        Files.createDirectories(beside);
        filler.fill(beside);
        for (Path file : filesIn(beside)) force(file);
        forceFolder(beside);
    }

    /// A folder cannot be renamed onto one that holds files, so the old one is moved first; another process may be
    /// doing the same.
    private static void replace(Path target, Path fresh, Path old) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException nothingToReplace) {
                // The usual case.
            }
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
                if (attempt == 3) throw another;
                delete(old);
            } catch (FileSystemException another) {
                if (attempt == 3 || !Files.exists(target)) throw another;
                delete(old);
            }
        }
    }

    /// Removes what writers that were killed left in `folder` and in its folders.
    static void removeLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return;
        List<Path> leftovers;
        try (Stream<Path> all = Files.walk(folder)) {
            leftovers = all.filter(AtomicFiles::isLeftover).toList();
        }
        for (Path leftover : leftovers) delete(leftover);
    }

    /// Removes what writers of one file or folder left that were killed.
    static void removeLeftoversOf(Path target) throws IOException {
        String beside = BESIDE + target.getFileName() + "-";
        int length = beside.length() + new UUID(0, 0).toString().length();
        List<Path> leftovers;
        try (Stream<Path> all = Files.list(target.resolveSibling("."))) {
            leftovers = all.filter(each -> {
                        String name = each.getFileName().toString();
                        return name.startsWith(beside) && name.length() == length;
                    })
                    .toList();
        }
        for (Path leftover : leftovers) delete(leftover);
    }

    static boolean isLeftover(Path path) {
        return path.getFileName().toString().startsWith(BESIDE);
    }

    /// The regular files below `folder`, sorted; none if there is no such folder. Unfinished writes are not listed.
    public static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !inLeftover(folder, file))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException vanished) {
            throw vanished.getCause();
        }
    }

    private static boolean inLeftover(Path folder, Path file) {
        for (Path name : folder.relativize(file)) if (isLeftover(name)) return true;
        return false;
    }

    /// Deletes a file, or a folder with everything in it; nothing happens if there is none.
    public static void delete(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.deleteIfExists(path);
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        }
    }

    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Makes the names in a folder last. Not every file system can; then the rename alone must do.
    private static void forceFolder(Path folder) {
        try {
            force(folder);
        } catch (IOException cannot) {
            // Atomic still; only a power cut in the next seconds could undo the rename as a whole.
        }
    }

    private static Path beside(Path target) {
        return target.resolveSibling(BESIDE + target.getFileName() + "-" + UUID.randomUUID());
    }
}
