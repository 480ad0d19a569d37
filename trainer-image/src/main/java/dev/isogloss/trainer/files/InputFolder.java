package dev.isogloss.trainer.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder that a user handed in, and the one that its files must not lead out of.
///
/// @param within null where links may lead anywhere, as on one's own machine
public record InputFolder(Path path, @Nullable Path within) {

    /// A folder whose files may be links to any place.
    public static InputFolder anywhere(Path path) {
        return new InputFolder(path, null);
    }

    /// A folder of files alone, none of which leads out of it.
    public static InputFolder closed(Path path) {
        return new InputFolder(path, path);
    }

    public InputFile file(String name) {
        return new InputFile(path.resolve(name), within);
    }

    public boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    /// The names of everything in it, sorted.
    ///
    /// @throws InvalidInput if the folder leads out of the one it must lie in
    public List<String> names() throws IOException {
        if (within == null)
            try (Stream<Path> all = Files.list(path)) {
                return all.map(each -> each.getFileName().toString()).sorted().toList();
            }
        new InputFile(path, within).checked();
        Path folder = within.toRealPath();
        return WithoutLinks.names(folder, folder.relativize(path.toRealPath())).stream()
                .map(Path::toString)
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
