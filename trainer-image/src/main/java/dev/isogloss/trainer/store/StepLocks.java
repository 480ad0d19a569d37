package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Who runs which step of a store: a file `locks/<key>` for each.
public final class StepLocks {
    private static final String FOLDER = "locks";

    private final Path root;
    private final StepStorage storage;

    StepLocks(Path root, StepStorage storage) {
        this.root = root;
        this.storage = storage;
    }

    static Path file(Path root, StepKey key) {
        return root.resolve(FOLDER).resolve(key.hex());
    }

    /// The right to run a step. Its holder calls [Store#isDone] once more: another process may have been quicker.
    ///
    /// @return empty if another thread or process is running it now
    /// @throws InvalidInput if the store is read-only
    public Optional<StepLock> tryLock(StepKey key) {
        return StoreErrors.writing(root, () -> {
            Optional<StepLock> lock = StepLock.tryAcquire(file(root, key));
            if (lock.isPresent()) recover(key, lock.get());
            return lock;
        });
    }

    private void recover(StepKey key, StepLock lock) throws IOException {
        boolean recovered = false;
        try {
            storage.recover(key);
            recovered = true;
        } finally {
            if (!recovered) lock.close();
        }
    }

    /// True if some process is running a step this moment. Nothing is written.
    public boolean isRunning(StepKey key) {
        return StepLock.isHeld(file(root, key));
    }

    /// The same of any step.
    boolean isAnyRunning() {
        return StoreErrors.reading(() -> {
            Path locks = root.resolve(FOLDER);
            if (!Files.isDirectory(locks)) return false;
            try (Stream<Path> all = Files.list(locks)) {
                return all.anyMatch(StepLock::isHeld);
            }
        });
    }

    /// The process that runs a step which cannot be locked: "process 4711 on lab-3 since 2026-01-31T10:00:00Z".
    public String holder(StepKey key) {
        return StepLock.holder(file(root, key));
    }

    /// How far the step is that another process is running: "128 of 375 updates, loss 0.5289, 3:11 left".
    ///
    /// @return empty if it has told nothing yet, or this process runs it
    public Optional<String> told(StepKey key) {
        return StepLock.told(file(root, key));
    }
}
