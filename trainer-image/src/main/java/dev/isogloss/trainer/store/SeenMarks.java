package dev.isogloss.trainer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The [StaleMarks] that a step had when the work in a folder began. What lies there was made from what its inputs
/// are since these marks were set: they go when the step is done. Of a checkpoint that is older than a mark nothing is
/// used.
record SeenMarks(StepFolder folder) {
    /// Part of a checkpoint, and of nothing that a step leaves.
    static final String FILE = ".marks";

    private Path file() {
        return folder.path().resolve(FILE);
    }

    Set<String> read() throws IOException {
        try {
            return Set.copyOf(Files.readAllLines(file()));
        } catch (NoSuchFileException none) {
            return Set.of();
        }
    }

    /// To be called before anything is read from inputs.
    void begin(StaleMarks marks) throws IOException {
        Set<String> now = marks.of(folder.key());
        if (read().containsAll(now)) return;
        clear();
        AtomicFiles.write(file(), String.join("\n", now));
    }

    /// Removes what earlier attempts made.
    void clear() throws IOException {
        Set<String> kept = Set.of(StepFolder.STEP, FILE);
        List<Path> left;
        try (Stream<Path> all = Files.list(folder.path())) {
            left = all.filter(each -> !kept.contains(each.getFileName().toString()))
                    .toList();
        }
        for (Path each : left) AtomicFiles.delete(each);
    }

    /// Once the result is there.
    void end(StaleMarks marks, Set<String> seen) throws IOException {
        marks.remove(seen);
        Files.deleteIfExists(file());
    }
}
