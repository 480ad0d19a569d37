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

/// Downloads of objects that are compared with the digests they should have.
final class VerifiedDownload {
    private final Bucket bucket;
    private final RememberedDigests digests;

    VerifiedDownload(Bucket bucket, RememberedDigests digests) {
        this.bucket = bucket;
        this.digests = digests;
    }

    /// The path of a file of that name. Names come from the bucket, and the right to write there must not become one to
    /// write anywhere on this machine.
    static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (file.startsWith(folder.normalize()) && !file.equals(folder.normalize())) return file;
        throw new InvalidInput(
                "The store lists a file '%s', whose name leads out of its step's folder.".formatted(name));
    }

    /// The outcome of a copy.
    enum Outcome {
        Present,
        Missing,
        Different
    }

    /// Makes `file` a copy of an object, unless it is one already.
    Outcome copy(String object, StoredFile wanted, Path file) throws IOException {
        if (Files.exists(file)
                && Files.size(file) == wanted.bytes()
                && digests.of(file).equals(wanted.sha256())) return Outcome.Present;
        Files.createDirectories(file.getParent());
        Outcome[] outcome = {Outcome.Different};
        try {
            AtomicFiles.file(file, beside -> outcome[0] = download(object, wanted, beside));
        } catch (Rejected rejected) {
            return rejected.outcome;
        }
        return outcome[0];
    }

    private Outcome download(String object, StoredFile wanted, Path beside) throws IOException {
        boolean exists;
        try (OutputStream out = Files.newOutputStream(beside)) {
            exists = bucket.download(object, out::write);
        }
        if (!exists) throw new Rejected(Outcome.Missing);
        if (!Sha256.of(beside).equals(wanted.sha256())) throw new Rejected(Outcome.Different);
        return Outcome.Present;
    }

    /// Keeps a file that must not be used from getting its name.
    private static final class Rejected extends IOException {
        private static final long serialVersionUID = 1;
        private final Outcome outcome;

        Rejected(Outcome outcome) {
            super(outcome.name());
            this.outcome = outcome;
        }
    }
}
