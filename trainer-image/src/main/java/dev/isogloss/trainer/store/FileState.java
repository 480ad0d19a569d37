package dev.isogloss.trainer.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a file system says of a file without reading it. Whoever changes a file's bytes or puts another in its place
/// changes some of this: programs can set `modified` as they like, but `changed` only the system, to this moment.
///
/// @param file     its inode
/// @param modified when bytes were last written, in nanoseconds since 1970
/// @param changed  when bytes, name, owner or `modified` were
record FileState(long file, long bytes, long modified, long changed) {
    /// File systems are known that count in steps of up to two seconds.
    private static final Duration STEP = Duration.ofSeconds(2);

    /// @return empty on systems that have no inodes, such as Windows
    static Optional<FileState> of(Path file) throws IOException {
        try {
            Map<String, Object> seen = Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime");
            return Optional.of(new FileState(
                    (long) requireNonNull(seen.get("ino")),
                    (long) requireNonNull(seen.get("size")),
                    nanoseconds((FileTime) requireNonNull(seen.get("lastModifiedTime"))),
                    nanoseconds((FileTime) requireNonNull(seen.get("ctime")))));
        } catch (UnsupportedOperationException another) {
            return Optional.empty();
        }
    }

    /// When bytes, name or owner of a file or folder were last changed, or on systems that do not say so its bytes.
    static Instant changed(Path file) throws IOException {
        try {
            return ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        } catch (UnsupportedOperationException another) {
            return Files.getLastModifiedTime(file).toInstant();
        }
    }

    private static long nanoseconds(FileTime time) {
        Instant instant = time.toInstant();
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    /// False while a further write could leave both times as they are, because the clock of the file system has not
    /// gone on since the last one.
    boolean isSettled(Instant now) {
        return nanoseconds(FileTime.from(now.minus(STEP))) > Math.max(modified, changed);
    }
}
