package dev.isogloss.trainer.step;

import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Splits that some process has tokenised, for all processes that use a store: every step of every seed reads the same.
///
///     tokens/<SHA-256 of what decides the items>     32 bytes of SHA-256 of the rest; the items
///
/// A file saves time and decides nothing: one that is missing or broken, or cannot be written, means that the split is
/// tokenised. The longest unused go when all together are larger than the limit.
public final class ItemFiles {
    static final String FOLDER = "tokens";
    private static final Logger LOG = LoggerFactory.getLogger(ItemFiles.class);
    private static final int DIGEST = 32;
    /// Fewer characters are read in less time than a file takes: those of the texts, and those of the tokenizer,
    /// which a process that finds all its splits here does not open.
    private static final int FEW = 1 << 16;

    private static final long LIMIT = 2L << 30;
    private static final Duration RECENT = Duration.ofHours(1);

    private final @Nullable Path folder;
    private final long limit;

    ItemFiles(@Nullable Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /// @param store the folder in which its steps work
    public static ItemFiles in(Path store) {
        return new ItemFiles(store.resolve(FOLDER), LIMIT);
    }

    /// Tokenises every split each time.
    public static ItemFiles none() {
        return new ItemFiles(null, 0);
    }

    /// The items of a split, as [Task#items] makes them.
    public List<Item> items(Task task, Split split, LabelSet labels, Tokenizer tokenizer, int maxLength) {
        if (folder == null) return task.items(split, labels, tokenizer, maxLength);
        labels.require(split);
        ItemKey.Key key = ItemKey.of(task, split, labels, tokenizer, maxLength);
        if (key.characters() + tokenizer.json().length() < FEW) return task.items(split, labels, tokenizer, maxLength);
        Path file = folder.resolve(key.sha256());
        List<Item> known = read(file);
        if (known != null) return known;
        List<Item> made = task.items(split, labels, tokenizer, maxLength);
        write(folder, file, made);
        return made;
    }

    private static @Nullable List<Item> read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            if (bytes.remaining() < DIGEST) return null;
            byte[] expected = new byte[DIGEST];
            bytes.get(expected);
            MessageDigest digest = Sha256.begin();
            digest.update(bytes.duplicate());
            if (!MessageDigest.isEqual(expected, digest.digest())) return null;
            touch(file);
            return ItemCodec.items(bytes);
        } catch (NoSuchFileException first) {
            return null;
        } catch (IOException unreadable) {
            LOG.debug("{} is not readable; its split is tokenised again", file, unreadable);
            return null;
        }
    }

    /// The time of modification says when a file was last of use.
    private static void touch(Path file) {
        try {
            Instant now = Instant.now();
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(RECENT)))
                Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (IOException | ReadOnlyFileSystemException e) {
            LOG.debug("{} may go before others that were of use longer ago", file, e);
        }
    }

    private void write(Path folder, Path file, List<Item> items) {
        byte[] bytes = ItemCodec.bytes(items);
        if (bytes.length > limit) return;
        try {
            Files.createDirectories(folder);
            AtomicFiles.writeUnforced(
                    file,
                    ByteBuffer.allocate(DIGEST + bytes.length)
                            .put(Sha256.digest(bytes))
                            .put(bytes)
                            .array());
            makeRoom(folder);
        } catch (IOException | ReadOnlyFileSystemException e) {
            LOG.debug("{} cannot be written; its split will be tokenised again", file, e);
        }
    }

    private record Kept(Path file, long bytes, FileTime used) {}

    private void makeRoom(Path folder) throws IOException {
        List<Kept> kept;
        try (Stream<Path> files = Files.list(folder)) {
            kept = files.map(ItemFiles::kept)
                    .sorted(Comparator.comparing(Kept::used))
                    .toList();
        }
        long all = kept.stream().mapToLong(Kept::bytes).sum();
        for (Kept each : kept) {
            if (all <= limit) return;
            Files.deleteIfExists(each.file());
            all -= each.bytes();
        }
    }

    /// Nothing, if another process was quicker.
    private static Kept kept(Path file) {
        try {
            return new Kept(file, Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException gone) {
            return new Kept(file, 0, FileTime.fromMillis(0));
        }
    }
}
