package dev.isogloss.trainer.store;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/// Errors of disks, as sentences for their owners.
public final class StoreErrors {

    private StoreErrors() {}

    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /// Does something that only reads.
    static <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does something that writes to the store.
    static <T> T writing(Path root, Work<T> work) {
        try {
            return work.run();
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw explained(e, root);
        }
    }

    /// The sentence for a failure that has a full or read-only disk somewhere among its causes; otherwise the failure
    /// itself, unchecked.
    ///
    /// @param root the store that was being written to
    public static RuntimeException explained(Throwable failure, Path root) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isFull(cause)) return full(root, failure);
            if (isReadOnly(cause, root)) return readOnly(root, failure);
        }
        return switch (failure) {
            case RuntimeException unchecked -> unchecked;
            case IOException io -> new UncheckedIOException("the store %s: %s".formatted(root, io), io);
            default -> new IllegalStateException(failure);
        };
    }

    /// True if there is no room, or no quota, to write.
    public static boolean isFull(Throwable cause) {
        if (!(cause instanceof IOException) || cause.getMessage() == null) return false;
        String message = cause.getMessage();
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    private static boolean isReadOnly(Throwable cause, Path root) {
        if (cause instanceof ReadOnlyFileSystemException) return true;
        if (!(cause instanceof FileSystemException file) || file.getFile() == null) return false;
        boolean refused = cause instanceof AccessDeniedException
                || (file.getReason() != null && file.getReason().contains("Read-only file system"));
        return refused && Path.of(file.getFile()).toAbsolutePath().startsWith(root.toAbsolutePath());
    }

    private static StoreFull full(Path root, Throwable cause) {
        return new StoreFull(
                ("The disk under the store %s is full%s. Nothing half-written was left behind. Free some space"
                                + " (isogloss store gc --store %s lists what can go) and run the same command again: it"
                                + " goes on from the last checkpoint.")
                        .formatted(root, free(root), root),
                cause);
    }

    private static String free(Path root) {
        try {
            return " (%d MB free)".formatted(Files.getFileStore(root).getUsableSpace() >> 20);
        } catch (IOException unknown) {
            return "";
        }
    }

    private static InvalidInput readOnly(Path root, Throwable cause) {
        return new InvalidInput(
                ("The store %s cannot be written to: %s. Give this user write access to the folder, or name another"
                                + " with --store DIR. Reading from it (results, plan, store ls) works as it is.")
                        .formatted(root.toAbsolutePath(), reason(cause)),
                cause);
    }

    private static String reason(Throwable cause) {
        return cause instanceof AccessDeniedException denied
                ? "permission denied at " + denied.getFile()
                : "the file system is mounted read-only";
    }
}
