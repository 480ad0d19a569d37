package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Steps, copies of encoders, and what is left of computing steps again, that can be removed from a store. A step
/// that a process is running is never garbage.
public final class Garbage {

    private Garbage() {}

    /// A folder that can go, and why.
    public record Removal(StoreEntry entry, String because) {}

    /// Unfinished steps that were not touched for `age`; and, if `wanted` is given, finished steps that are not in
    /// it.
    public static List<Removal> in(Store store, Duration age, @Nullable Set<StepKey> wanted, Instant now) {
        return StoreEntry.all(store).stream()
                .filter(entry -> !store.locks().isRunning(entry.key()))
                .flatMap(entry -> reason(entry, age, wanted, now).map(because -> new Removal(entry, because)).stream())
                .toList();
    }

    /// A copy of an encoder that can go, and why.
    public record EncoderRemoval(EncoderCopies.Listed copy, String because) {}

    /// Copies that were never finished and not touched for `age`; and, if `wanted` is given, those that are not in it.
    public static List<EncoderRemoval> encodersIn(
            Store store, Duration age, @Nullable Set<Identity> wanted, Instant now) {
        return store.encoders().stream()
                .flatMap(copy ->
                        reason(copy, age, wanted, now).map(because -> new EncoderRemoval(copy, because)).stream())
                .toList();
    }

    private static Optional<String> reason(
            EncoderCopies.Listed listed, Duration age, @Nullable Set<Identity> wanted, Instant now) {
        EncoderCopy copy = listed.copy();
        if (copy != null)
            return wanted == null || wanted.contains(copy.identity())
                    ? Optional.empty()
                    : Optional.of("no manifest given with --keep starts from it");
        return untouched("unfinished", listed.newest(), age, now);
    }

    /// What is left of computing a finished step again, and why it can go.
    ///
    /// @param kind of step
    public record LeftoverRemoval(Leftover leftover, String kind, String because) {}

    /// What was not touched for `age`.
    public static List<LeftoverRemoval> leftoversIn(Store store, Duration age, Instant now) {
        return store.leftovers().stream()
                .filter(left -> !store.locks().isRunning(left.key()))
                .flatMap(left -> untouched("unfinished repeat", left.newest(), age, now)
                        .map(because -> new LeftoverRemoval(left, StoreEntry.kind(store, left.key()), because))
                        .stream())
                .toList();
    }

    /// Removes what is left; the step stays.
    ///
    /// @return false if a process began running the step meanwhile; then nothing is removed
    public static boolean remove(Store store, Leftover leftover) {
        return locked(store, leftover.key(), () -> {
            for (Path folder : leftover.folders()) AtomicFiles.delete(folder);
            store.storage().remove(leftover);
        });
    }

    /// Removes a copy. Steps read it where it lies, so it stays while one is running.
    ///
    /// @return false if a process runs a step; then nothing is removed
    public static boolean remove(Store store, EncoderCopies.Listed copy) {
        if (store.locks().isAnyRunning()) return false;
        return StoreErrors.writing(store.root(), () -> {
            store.storage().encoders().remove(copy);
            return true;
        });
    }

    private static Optional<String> untouched(String what, Instant newest, Duration age, Instant now) {
        Duration idle = Duration.between(newest, now);
        return idle.compareTo(age) < 0
                ? Optional.empty()
                : Optional.of("%s, untouched for %d days".formatted(what, idle.toDays()));
    }

    private static Optional<String> reason(StoreEntry entry, Duration age, @Nullable Set<StepKey> wanted, Instant now) {
        if (entry.done())
            return wanted == null || wanted.contains(entry.key())
                    ? Optional.empty()
                    : Optional.of("no manifest given with --keep wants it");
        return untouched("unfinished", entry.newest(), age, now);
    }

    /// Removes a step, its result first, so that a step removed by half is never taken for a finished one.
    ///
    /// @return false if a process began running it meanwhile; then nothing is removed
    public static boolean remove(Store store, StepKey key) {
        return locked(store, key, () -> {
            new AgainFolders(store.root()).remove(key); // what is aside would come back
            store.storage().remove(key);
            AtomicFiles.delete(store.folder(key).path());
        });
    }

    @FunctionalInterface
    private interface Cleaning {
        void run() throws IOException;
    }

    private static boolean locked(Store store, StepKey key, Cleaning cleaning) {
        Optional<StepLock> free = store.locks().tryLock(key);
        if (free.isEmpty()) return false;
        return StoreErrors.writing(store.root(), () -> {
            try (StepLock lock = free.get()) {
                cleaning.run();
                return true;
            }
        });
    }
}
