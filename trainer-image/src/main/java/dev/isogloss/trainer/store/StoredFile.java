package dev.isogloss.trainer.store;

import dev.isogloss.json.Sha256;
import java.security.MessageDigest;

/// One file of a committed step, as `files.json` lists it.
public record StoredFile(long bytes, String sha256) {

    /// Size and digest of a file that comes in pieces.
    public static final class Pieces {
        private final MessageDigest digest = Sha256.begin();
        private long bytes;

        public void add(byte[] piece) {
            digest.update(piece);
            bytes += piece.length;
        }

        public StoredFile end() {
            return new StoredFile(bytes, Sha256.hex(digest.digest()));
        }
    }
}
