package dev.isogloss.trainer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Marks that are empty files.
record FolderMarks(Path folder) implements StaleMarks {
    static FolderMarks in(Path root) {
        return new FolderMarks(root.resolve("stale"));
    }

    @Override
    public Set<String> names(String prefix) throws IOException {
        if (!Files.isDirectory(folder)) return Set.of();
        try (Stream<Path> marks = Files.list(folder)) {
            return marks.filter(mark -> !AtomicFiles.isLeftover(mark))
                    .map(mark -> mark.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void put(String name) throws IOException {
        Files.createDirectories(folder);
        AtomicFiles.write(folder.resolve(name), "");
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }
}
