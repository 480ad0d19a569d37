package dev.isogloss.trainer.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
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
    private final RandomAccessFile lines;
    private final long signed;

    /// @param lines  not opened as a channel: that is closed, and the lock lost, when a thread is interrupted in it
    /// @param signed bytes of the first line
    private StepLock(Path file, RandomAccessFile lines, long signed) {
        this.file = file;
        this.lines = lines;
        this.signed = signed;
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
        RandomAccessFile lines = new RandomAccessFile(file.toFile(), "rw");
        boolean acquired = false;
        try {
            if (!locked(lines.getChannel())) return Optional.empty();
            lines.setLength(0);
            lines.write(line(signature()));
            acquired = true;
            return Optional.of(new StepLock(file, lines, lines.getFilePointer()));
        } finally {
            if (!acquired) lines.close();
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

    /// Tells whoever asks how far the work is.
    ///
    /// @param progress one line
    public synchronized void tell(String progress) throws IOException {
        lines.seek(signed);
        lines.write(line(progress)); // what a longer one left behind it is a line of its own
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
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
        return lines(lockFile).map(List::getFirst).orElse("another process");
    }

    /// What the present or last holder told of its work.
    static Optional<String> told(Path lockFile) {
        return lines(lockFile).flatMap(read -> read.stream().skip(1).findFirst());
    }

    /// Empty if the file cannot be read.
    private static Optional<List<String>> lines(Path lockFile) {
        synchronized (HELD) {
            if (HELD.contains(lockFile.toAbsolutePath().normalize())) return Optional.of(List.of("this process"));
            try {
                return Optional.of(new String(Files.readAllBytes(lockFile), StandardCharsets.UTF_8)
                                .lines()
                                .toList())
                        .filter(lines -> !lines.isEmpty());
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            try {
                lines.close();
            } finally {
                HELD.remove(file);
            }
        }
    }
}
