package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.trainer.lock.ExclusiveWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// `datasets/<name>/<version>.json`: SHA-256 by file.
record FolderIdentities(Path root) implements IdentityRecords {
    @Override
    public void check(Identity identity, Map<String, String> found) throws IOException {
        Path file = file(identity);
        compare(file, identity, read(file), found);
    }

    @Override
    public void record(Identity identity, Map<String, String> found) throws IOException {
        Path file = file(identity);
        if (read(file).entrySet().containsAll(found.entrySet())) return;
        Files.createDirectories(file.getParent());
        // On a file system without locks two first readers may race, and the slower one's record stands alone; the next
        // reader adds what is missing.
        ExclusiveWork.under(root.resolve(".identities.lock"), () -> {
            TreeMap<String, String> known = read(file);
            compare(file, identity, known, found);
            known.putAll(found);
            AtomicFiles.write(file, StoreJson.MAPPER.writeValueAsString(known));
            return known;
        });
    }

    private static void compare(Path file, Identity identity, Map<String, String> known, Map<String, String> found) {
        found.forEach(
                (name, digest) -> IdentityRecords.compare(file.toString(), identity, name, known.get(name), digest));
    }

    private static TreeMap<String, String> read(Path file) throws IOException {
        try {
            return StoreJson.MAPPER.readValue(Files.readAllBytes(file), new TypeReference<>() {});
        } catch (NoSuchFileException first) {
            return new TreeMap<>();
        }
    }

    private Path file(Identity identity) {
        return root.resolve(IdentityRecords.path(identity) + ".json");
    }
}
