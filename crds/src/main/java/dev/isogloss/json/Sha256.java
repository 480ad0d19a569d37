package dev.isogloss.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256; as text in 64 lower-case hex digits, as `sha256sum` prints it.
public final class Sha256 {
    private static final int BUFFER = 1 << 18;

    private Sha256() {}

    public static String of(byte[] bytes) {
        return hex(digest(bytes));
    }

    public static byte[] digest(byte[] bytes) {
        return begin().digest(bytes);
    }

    /// Of a file's bytes as they are on the disk this moment.
    public static String of(Path file) throws IOException {
        MessageDigest digest = begin();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
        }
        return hex(digest.digest());
    }

    /// Of bytes that come in pieces.
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
