package dev.isogloss.trainer.step;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The same files in a second folder: linked where the file system can, for what a step left never changes, and copied
/// elsewhere.
public final class HardLinks {
    private HardLinks() {}

    /// @param from a folder of files without folders in it
    /// @param to   exists and is empty
    public static void folder(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) link(file, to.resolve(file.getFileName()));
        }
    }

    private static void link(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (UnsupportedOperationException | FileSystemException cannot) {
            Files.copy(file, name);
        }
    }
}
