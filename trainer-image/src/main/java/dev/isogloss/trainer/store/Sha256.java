package dev.isogloss.trainer.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// SHA-256 in lower-case hex, as `sha256sum` prints it.
public final class Sha256 {
    /// A gigabyte takes seconds, and forty evaluations read the same encoder: what did not change is not read again.
    private static final Map<Path, Known> KNOWN = new ConcurrentHashMap<>();

    private record Known(long size, FileTime modified, String digest) {}

    private Sha256() {}

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /// The digest of a file's bytes; remembered within the process until size or modification time change.
    public static String of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Path path = file.toRealPath();
        Known known = KNOWN.get(path);
        if (known != null && known.size() == now.size() && known.modified().equals(now.lastModifiedTime()))
            return known.digest();
        String digest = read(file);
        KNOWN.put(path, new Known(now.size(), now.lastModifiedTime(), digest));
        return digest;
    }

    /// The digest of a file's bytes as they are on the disk this moment.
    public static String read(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The digest of bytes that come in pieces.
    public static final class Running {
        private final MessageDigest digest = digest();
        private long bytes;

        public void take(byte[] piece) {
            digest.update(piece);
            bytes += piece.length;
        }

        /// Size and digest of all pieces together.
        public StoredFile end() {
            return new StoredFile(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
