package dev.isogloss.trainer.store;

import dev.isogloss.json.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SHA-256 of large files, remembered until the file system says that a file has changed ([FileState]): a gigabyte
/// takes seconds, and every pod of every seed starts from the same encoder.
///
///     digests/<SHA-256 of the path>     what sha256sum prints, and the state of the file when it was hashed
///
/// A record is written beside and renamed, one for each path. It saves time and decides nothing: one that is missing or
/// broken, or cannot be written, means that the file is hashed.
public final class RememberedDigests {
    static final String FOLDER = "digests";
    private static final Logger LOG = LoggerFactory.getLogger(RememberedDigests.class);
    /// Below a mebibyte a record costs what it saves.
    private static final long LARGE = 1 << 20;

    private final @Nullable Path folder;
    private final InstantSource clock;
    private final Map<Path, Digest> known = new ConcurrentHashMap<>();

    /// Reads a file and hashes it.
    @FunctionalInterface
    public interface Hashing {
        String sha256() throws IOException;
    }

    private record Digest(Path path, FileState state, String sha256) {
        static final int DIGITS = 64;

        /// A line as `sha256sum` prints it, one with the state, and a digest of both: damaged anywhere, it is none.
        String text() {
            String lines = sha256 + "  " + path + "\n" + state.file() + " " + state.bytes() + " " + state.modified()
                    + " " + state.changed() + "\n";
            return lines + Sha256.of(lines.getBytes(StandardCharsets.UTF_8)) + "\n";
        }
    }

    private RememberedDigests(@Nullable Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Remembers for all processes that use a store.
    ///
    /// @param store the folder in which its steps work; nothing is made in it before there is something to remember
    public static RememberedDigests in(Path store) {
        return in(store, InstantSource.system());
    }

    /// @param clock what time it is: a file that was just written is not remembered
    public static RememberedDigests in(Path store, InstantSource clock) {
        return new RememberedDigests(store.resolve(FOLDER), clock);
    }

    /// Hashes every file each time.
    public static RememberedDigests none() {
        return new RememberedDigests(null, InstantSource.system());
    }

    /// False if nothing is to be remembered in this store.
    public boolean remembers() {
        return folder != null;
    }

    /// The digest of a file, in 64 hex digits.
    public String of(Path file) throws IOException {
        return of(file, () -> Sha256.of(file));
    }

    /// The same of a file that is opened in a way of its own.
    public String of(Path file, Hashing hashing) throws IOException {
        FileState before = folder == null ? null : FileState.of(file).orElse(null);
        if (folder == null || before == null || before.bytes() < LARGE) return hashing.sha256();
        Path path = file.toRealPath();
        Path record = folder.resolve(Sha256.of(path.toString().getBytes(StandardCharsets.UTF_8)));
        Digest remembered = known.get(path);
        if (remembered == null || !remembered.state().equals(before)) remembered = read(record, path, before);
        if (remembered != null) return remember(remembered);
        boolean settled = before.isSettled(clock.instant());
        Digest digest = new Digest(path, before, hashing.sha256());
        boolean still = FileState.of(file).filter(before::equals).isPresent();
        if (!settled || !still) return digest.sha256();
        write(record, digest);
        return remember(digest);
    }

    private String remember(Digest digest) {
        known.put(digest.path(), digest);
        return digest.sha256();
    }

    private static @Nullable Digest read(Path record, Path path, FileState now) {
        try {
            String text = Files.readString(record);
            if (text.length() < Digest.DIGITS) return null;
            Digest digest = new Digest(path, now, text.substring(0, Digest.DIGITS));
            return digest.text().equals(text) ? digest : null;
        } catch (NoSuchFileException first) {
            return null;
        } catch (IOException unreadable) {
            LOG.debug("{} is not readable; its file is hashed again", record, unreadable);
            return null;
        }
    }

    private static void write(Path record, Digest digest) {
        try {
            Files.createDirectories(record.resolveSibling("."));
            AtomicFiles.write(record, digest.text());
        } catch (IOException | ReadOnlyFileSystemException e) {
            LOG.debug("{} cannot be written; its file will be hashed again", record, e);
        }
    }
}
