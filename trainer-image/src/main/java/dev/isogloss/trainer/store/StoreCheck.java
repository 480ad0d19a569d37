package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A check of finished steps: all their files are read again and compared with what was committed.
public final class StoreCheck {
    private final Store store;
    private final List<String> findings = new ArrayList<>();

    private StoreCheck(Store store) {
        this.store = store;
    }

    /// A step that is replaced while it is read is read once more.
    ///
    /// @return a sentence for everything that is not as it was left; empty if all is well
    public static List<String> of(Store store, StepKey key) {
        while (true) {
            Optional<byte[]> before = store.read(key, StepFolder.RESULT);
            StoreCheck check = new StoreCheck(store);
            try {
                check.step(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (check.findings.isEmpty() || same(before, store.read(key, StepFolder.RESULT)))
                return List.copyOf(check.findings);
        }
    }

    private static boolean same(Optional<byte[]> before, Optional<byte[]> now) {
        return Arrays.equals(before.orElse(null), now.orElse(null));
    }

    /// The same of a copy of an encoder.
    public static List<String> of(Store store, EncoderCopies.Listed listed) {
        StoreCheck check = new StoreCheck(store);
        EncoderCopy copy = listed.copy();
        if (copy == null) return List.of();
        try {
            for (var file : copy.files().entrySet())
                check.compare(
                        store.address() + "/" + listed.place() + "/" + file.getKey(),
                        file.getValue(),
                        store.storage().encoders().reread(listed, file.getKey()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(check.findings);
    }

    private void step(StepKey key) throws IOException {
        Optional<StepResult> result = result(key);
        if (result.isEmpty()) return;
        if (!result.get().key().equals(key))
            finding(
                    "%s carries the result of another step (%s)",
                    address(key, StepFolder.RESULT), result.get().key());
        Optional<StoredFile> spec = store.storage().reread(key, StepFolder.STEP);
        if (spec.isEmpty()) finding("%s is missing", address(key, StepFolder.STEP));
        else if (!spec.get().sha256().equals(key.hex()))
            finding("%s was edited: its SHA-256 is no longer the step's key", address(key, StepFolder.STEP));
        Optional<byte[]> files = store.read(key, StepFolder.FILES);
        if (files.isEmpty()) finding("%s is missing", address(key, StepFolder.FILES));
        else files(key, StoreJson.MAPPER.readValue(files.get(), new TypeReference<>() {}));
    }

    private String address(StepKey key, String name) {
        return store.storage().address(key, name);
    }

    private Optional<StepResult> result(StepKey key) {
        try {
            return store.result(key);
        } catch (InvalidInput unreadable) {
            findings.add(String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    private void files(StepKey key, TreeMap<String, StoredFile> listed) throws IOException {
        for (var entry : listed.entrySet()) {
            compare(
                    address(key, entry.getKey()),
                    entry.getValue(),
                    store.storage().reread(key, entry.getKey()));
        }
    }

    private void compare(String file, StoredFile was, Optional<StoredFile> now) {
        if (now.isEmpty()) finding("%s is missing", file);
        else if (now.get().bytes() != was.bytes())
            finding("%s has %,d bytes; it had %,d", file, now.get().bytes(), was.bytes());
        else if (!now.get().sha256().equals(was.sha256())) finding("%s has other bytes than it had", file);
    }

    private void finding(String format, Object... arguments) {
        findings.add(format.formatted(arguments));
    }
}
