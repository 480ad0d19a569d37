package dev.isogloss.trainer.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The right of one process to write one step. The operating system holds it, so a process that is killed gives it
/// up that instant and no lock is ever stale. The file is never moved nor removed: one who has opened it and one who
/// opens its successor would hold two locks, and both go on.
///
/// Who asks whether a lock is held must not be taken for a holder. So the lock is two bytes of the file: the first is
/// the right itself, the second, which the holder takes as well, is there to be asked for, by any number at a time.
public final class StepLock implements AutoCloseable {
    private static final long RIGHT = 0;
    private static final long QUESTION = 1;

    /// Closing any channel of a file drops all of this process's locks on it (POSIX), so a file that is locked here
    /// must not even be opened a second time: the set is guarded by itself, for as long as one is.
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private StepLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// @return empty if another process, or another thread of this one, holds it
    static Optional<StepLock> tryAcquire(Path lockFile) throws IOException {
        Path file = lockFile.toAbsolutePath().normalize();
        synchronized (HELD) {
            if (HELD.contains(file)) return Optional.empty();
            Optional<StepLock> lock = acquire(file);
            if (lock.isPresent()) HELD.add(file);
            return lock;
        }
    }

    private static Optional<StepLock> acquire(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean acquired = false;
        try {
            if (!locked(channel)) return Optional.empty();
            channel.truncate(0).write(ByteBuffer.wrap(signature().getBytes(StandardCharsets.UTF_8)));
            acquired = true;
            return Optional.of(new StepLock(file, channel));
        } finally {
            if (!acquired) channel.close();
        }
    }

    /// Some network file systems have no locks. Every write is atomic, so two writers cost time, not data.
    private static boolean locked(FileChannel channel) {
        try {
            if (channel.tryLock(RIGHT, 1, false) == null) return false;
            channel.lock(QUESTION, 1, false); // waits for those who ask this moment
            return true;
        } catch (IOException unsupported) {
            return true;
        }
    }

    /// Whether some process or thread holds a lock. Nothing is written, not even a time of change, and whoever wants
    /// the lock meanwhile gets it.
    static boolean isHeld(Path lockFile) {
        Path file = lockFile.toAbsolutePath().normalize();
        synchronized (HELD) {
            if (HELD.contains(file)) return true;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return channel.tryLock(QUESTION, 1, true) == null;
            } catch (IOException missingOrUnsupported) {
                return false;
            }
        }
    }

    private static String signature() {
        return "process %d on %s since %s"
                .formatted(ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "this host";
        }
    }

    /// The present or last holder of the lock: "process 4711 on lab-3 since 2026-01-31T10:00:00Z".
    static String holder(Path lockFile) {
        synchronized (HELD) {
            if (HELD.contains(lockFile.toAbsolutePath().normalize())) return "this process";
            try {
                return Files.readString(lockFile);
            } catch (IOException unreadable) {
                return "another process";
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            try {
                channel.close();
            } finally {
                HELD.remove(file);
            }
        }
    }
}
