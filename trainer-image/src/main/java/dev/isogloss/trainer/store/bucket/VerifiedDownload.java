package dev.isogloss.trainer.store.bucket;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.RememberedDigests;
import dev.isogloss.trainer.store.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of this machine that are copies of objects.
final class VerifiedDownload {
    private final Bucket bucket;

    VerifiedDownload(Bucket bucket) {
        this.bucket = bucket;
    }

    /// Where a file of that name belongs. Names come from the bucket, and whoever may write to that must not thereby
    /// write anywhere on this machine.
    static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (file.startsWith(folder.normalize()) && !file.equals(folder.normalize())) return file;
        throw new InvalidInput(
                "The store lists a file '%s', whose name leads out of its step's folder.".formatted(name));
    }

    /// How a copy came out.
    enum Outcome {
        THERE,
        MISSING,
        DIFFERENT
    }

    /// Makes `file` a copy of an object, unless it is one already.
    Outcome copy(String object, StoredFile wanted, Path file) throws IOException {
        if (Files.exists(file)
                && Files.size(file) == wanted.bytes()
                && RememberedDigests.of(file).equals(wanted.sha256())) return Outcome.THERE;
        Files.createDirectories(file.getParent());
        Outcome[] outcome = {Outcome.DIFFERENT};
        try {
            AtomicFiles.file(file, beside -> outcome[0] = download(object, wanted, beside));
        } catch (Unwanted unwanted) {
            return unwanted.outcome;
        }
        return outcome[0];
    }

    private Outcome download(String object, StoredFile wanted, Path beside) throws IOException {
        boolean there;
        try (OutputStream out = Files.newOutputStream(beside)) {
            there = bucket.download(object, out::write);
        }
        if (!there) throw new Unwanted(Outcome.MISSING);
        if (!Sha256.of(beside).equals(wanted.sha256())) throw new Unwanted(Outcome.DIFFERENT);
        return Outcome.THERE;
    }

    /// Keeps what must not be used from getting its name.
    private static final class Unwanted extends IOException {
        private static final long serialVersionUID = 1;
        private final Outcome outcome;

        Unwanted(Outcome outcome) {
            super(outcome.name());
            this.outcome = outcome;
        }
    }
}
