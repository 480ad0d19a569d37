package dev.isogloss.trainer.lock;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Work that neither two processes nor two threads of one do at once: who comes second waits. The operating system
/// holds the lock, so it ends with its process. The lock's file stays for good: if it were removed, who waits at it and
/// who makes the next one would both go on.
public final class ExclusiveWork {
    /// A lock of the operating system is one of a whole process; its threads wait here.
    private static final Map<Path, Object> WITHIN = new ConcurrentHashMap<>();

    private ExclusiveWork() {}

    /// What is done while the lock is held.
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /// On a file system without locks processes do not wait: the work must come out right nevertheless.
    ///
    /// @param file the lock's, which is made with its folder
    /// @throws IOException if it cannot be made, or from `work`
    public static <T> T under(Path file, Work<T> work) throws IOException {
        Path lock = file.toAbsolutePath().normalize();
        synchronized (WITHIN.computeIfAbsent(lock, first -> new Object())) {
            Files.createDirectories(lock.resolveSibling("."));
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    @Nullable FileLock held = locked(channel)) {
                return work.run();
            }
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) {
        try {
            return channel.lock();
        } catch (IOException unsupported) {
            return null;
        }
    }
}
