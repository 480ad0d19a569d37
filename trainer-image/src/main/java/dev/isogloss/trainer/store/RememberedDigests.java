package dev.isogloss.trainer.store;

import dev.isogloss.json.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// SHA-256 of files, remembered within the process until size or modification time change: a gigabyte takes seconds,
/// and forty evaluations read the same encoder.
public final class RememberedDigests {
    private static final Map<Path, Known> KNOWN = new ConcurrentHashMap<>();

    private record Known(long size, FileTime modified, String digest) {}

    private RememberedDigests() {}

    public static String of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Path path = file.toRealPath();
        Known known = KNOWN.get(path);
        if (known != null && known.size() == now.size() && known.modified().equals(now.lastModifiedTime()))
            return known.digest();
        String digest = Sha256.of(file);
        KNOWN.put(path, new Known(now.size(), now.lastModifiedTime(), digest));
        return digest;
    }
}
