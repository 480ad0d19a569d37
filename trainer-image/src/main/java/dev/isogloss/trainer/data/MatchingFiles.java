package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.files.InputFile;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of a location whose path below its folder matches a glob. Links are followed, as they are for a path
/// without a glob.
final class MatchingFiles {
    private static final int DEPTH = 32;

    private MatchingFiles() {}

    /// @param glob with `*`, `**` and `?`, placeholders filled
    /// @return in alphabetical order
    /// @throws InvalidInput if a folder cannot be listed, or a file may not be read
    static List<InputFile> of(ResolvedLocation place, String glob) {
        if (!Files.isDirectory(place.folder())) return List.of();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(place.folder(), Set.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    boolean fits = matcher.matches(place.folder().relativize(file));
                    if (fits && attributes.isRegularFile()) found.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof FileSystemLoopException) return FileVisitResult.CONTINUE;
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw new InvalidInput(place.folder() + " cannot be listed: " + e + ".", e);
        }
        return found.stream().sorted().map(place::inside).toList();
    }
}
