package dev.isogloss.trainer.files;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Paths below a folder, walked one name at a time from the folder that is open already, each name opened only if it is
/// no link. What is renamed or replaced meanwhile cannot lead elsewhere.
final class WithoutLinks {
    private WithoutLinks() {}

    /// @param folder taken as it is, a link or not
    /// @param below  a path of names alone
    static FileChannel open(Path folder, Path below) throws IOException {
        try (SecureDirectoryStream<Path> opened = secure(Files.newDirectoryStream(folder), folder)) {
            return file(opened, below);
        } catch (IOException e) {
            throw replaced(folder.resolve(below), e);
        }
    }

    /// The names of what lies in a folder below another.
    static List<Path> names(Path folder, Path below) throws IOException {
        try (SecureDirectoryStream<Path> opened = secure(Files.newDirectoryStream(folder), folder)) {
            return names(opened, below);
        } catch (IOException e) {
            throw replaced(folder.resolve(below), e);
        }
    }

    private static FileChannel file(SecureDirectoryStream<Path> folder, Path below) throws IOException {
        Path first = below.getName(0);
        if (below.getNameCount() > 1)
            try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
                return file(next, rest(below));
            }
        SeekableByteChannel channel =
                folder.newByteChannel(first, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        if (channel instanceof FileChannel file) return file;
        channel.close();
        throw new IOException(first + " is not read by a file channel");
    }

    private static List<Path> names(SecureDirectoryStream<Path> folder, Path below) throws IOException {
        if (below.toString().isEmpty()) {
            List<Path> names = new ArrayList<>();
            for (Path each : folder) names.add(each.getFileName());
            return names;
        }
        try (SecureDirectoryStream<Path> next =
                folder.newDirectoryStream(below.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return names(next, rest(below));
        }
    }

    private static Path rest(Path below) {
        return below.getNameCount() == 1 ? Path.of("") : below.subpath(1, below.getNameCount());
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream, Path folder) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) return secure;
        stream.close();
        throw new InvalidInput(
                "%s lies on a system that cannot open files without following links, and this folder is one that others may write to."
                        .formatted(folder));
    }

    /// A path without links that turns out to have one was changed since it was looked at.
    private static IOException replaced(Path path, IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.contains("symbolic links") && !reason.contains("Not a directory")) return e;
        throw new InvalidInput(
                "%s became a link while it was opened, and in a pod links that lead out of a volume claim are not followed. Copy the file into the claim."
                        .formatted(path),
                e);
    }
}
