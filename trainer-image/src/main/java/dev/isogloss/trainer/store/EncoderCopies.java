package dev.isogloss.trainer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Copies of the encoders of a hub that steps of a store start from: fetched by the first that needs one, and found by
/// all others, on whatever machine. A name and version stand for the same bytes in all results of a store, so they name
/// the copy as well; where a branch of the hub has moved on, the copy is what the results were made with.
public interface EncoderCopies {
    /// Brings an encoder's files to a folder of this machine.
    @FunctionalInterface
    interface Fetch {
        List<Path> files() throws IOException;
    }

    /// @param source where the manifest says that the encoder lies; a copy from elsewhere is none
    Optional<KeptEncoder> find(Identity encoder, String source) throws IOException;

    /// Fetches an encoder and keeps a copy. Who comes second waits for the first and takes its copy, as far as the
    /// storage knows locks.
    ///
    /// @return empty if a copy from another source has the name; then nothing is kept
    Optional<KeptEncoder> keep(Identity encoder, String source, Fetch fetch) throws IOException;

    /// A copy as it lies in the store.
    ///
    /// @param place  the name of its folder, in the store
    /// @param copy   null where it was never finished
    /// @param bytes  of all its files
    /// @param newest when something was last written
    record Listed(String place, @Nullable EncoderCopy copy, long bytes, Instant newest) {}

    /// All copies, finished or not, in the order of their places.
    ///
    /// @throws InvalidInput if the record of one is unreadable
    List<Listed> all() throws IOException;

    /// Size and SHA-256 of a copy's file as it is now, read again.
    Optional<StoredFile> reread(Listed copy, String file) throws IOException;

    /// Removes a copy, its record first.
    void remove(Listed copy) throws IOException;
}
