package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `datasets/<name>/<version>.json`: SHA-256 by file, growing as steps read more of the files, never changing.
final class IdentityRecords {
    private static final Object ONE_AT_A_TIME = new Object();

    private IdentityRecords() {}

    /// Compares with what is recorded, and records nothing.
    static void check(Path root, Identity identity, Map<String, String> found) throws IOException {
        Path file = file(root, identity);
        compare(file, identity, read(file), found);
    }

    /// Compares, and records what was not known.
    static void record(Path root, Identity identity, Map<String, String> found) throws IOException {
        Path file = file(root, identity);
        if (read(file).entrySet().containsAll(found.entrySet())) return;
        synchronized (ONE_AT_A_TIME) {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                            root.resolve(".identities.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    @Nullable FileLock held = lock(channel)) {
                TreeMap<String, String> known = read(file);
                compare(file, identity, known, found);
                known.putAll(found);
                AtomicFiles.write(file, StoreJson.MAPPER.writeValueAsString(known));
            }
        }
    }

    /// Where the file system knows no locks, two first readers may race and the slower one's record stands alone; the
    /// next reader adds what is missing.
    private static @Nullable FileLock lock(FileChannel channel) {
        try {
            return channel.lock();
        } catch (IOException unsupported) {
            return null;
        }
    }

    private static void compare(Path file, Identity identity, Map<String, String> known, Map<String, String> found) {
        found.forEach((name, digest) -> compare(file, identity, name, known.get(name), digest));
    }

    private static void compare(Path file, Identity identity, String name, @Nullable String recorded, String digest) {
        if (recorded == null || recorded.equals(digest)) return;
        throw new InvalidInput(
                ("%s of the %s %s, version %s, has changed: its SHA-256 is %s..., and results in this store were made"
                                + " with %s.... Put the old file back, or give the changed data a new version in the"
                                + " manifest, so that old and new results are not mixed. (If the old results are worth"
                                + " nothing, remove %s.)")
                        .formatted(
                                name,
                                identity.kind(),
                                identity.name(),
                                identity.version(),
                                digest.substring(0, 12),
                                recorded.substring(0, 12),
                                file));
    }

    private static TreeMap<String, String> read(Path file) throws IOException {
        try {
            return StoreJson.MAPPER.readValue(Files.readAllBytes(file), new TypeReference<>() {});
        } catch (NoSuchFileException first) {
            return new TreeMap<>();
        }
    }

    static Path file(Path root, Identity identity) {
        return root.resolve(identity.kind().folder())
                .resolve(safe(identity.name()))
                .resolve(safe(identity.version()) + ".json");
    }

    /// Names are a user's: "org/name" or ".." must not become a path. Letters of all scripts, digits, `-`, `_` and
    /// inner dots stay; everything else becomes `%XX`.
    private static String safe(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || c == '-' || c == '_' || (c == '.' && !out.isEmpty());
            if (plain) out.appendCodePoint(c);
            else out.append('%').append(Integer.toHexString(c));
        });
        return out.isEmpty() ? "%" : out.toString();
    }
}
