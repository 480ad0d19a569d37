package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Reads every finished step again and compares it with what it was when it was committed.
public final class StoreCheck {
    private final Store store;
    private final List<String> findings = new ArrayList<>();

    private StoreCheck(Store store) {
        this.store = store;
    }

    /// @return a sentence for everything that is not as it was left; empty if all is well
    public static List<String> of(Store store, StepKey key) {
        StoreCheck check = new StoreCheck(store);
        try {
            check.step(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(check.findings);
    }

    private void step(StepKey key) throws IOException {
        StepFolder folder = store.folder(key);
        Optional<StepResult> result = result(key);
        if (result.isEmpty()) return;
        if (!result.get().key().equals(key))
            finding(
                    "%s carries the result of another step (%s)",
                    folder.result(), result.get().key());
        if (!Files.exists(folder.step())) finding("%s is missing", folder.step());
        else if (!Sha256.read(folder.step()).equals(key.hex()))
            finding("%s was edited: its SHA-256 is no longer the step's key", folder.step());
        if (!Files.exists(folder.files())) finding("%s is missing", folder.files());
        else files(folder);
    }

    private Optional<StepResult> result(StepKey key) {
        try {
            return store.result(key);
        } catch (InvalidInput unreadable) {
            findings.add(String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    private void files(StepFolder folder) throws IOException {
        TreeMap<String, StoredFile> listed =
                StoreJson.MAPPER.readValue(Files.readAllBytes(folder.files()), new TypeReference<>() {});
        for (var entry : listed.entrySet()) {
            Path file = folder.path().resolve(entry.getKey());
            if (!Files.exists(file)) finding("%s is missing", file);
            else if (Files.size(file) != entry.getValue().bytes())
                finding(
                        "%s has %,d bytes; it had %,d",
                        file, Files.size(file), entry.getValue().bytes());
            else if (!Sha256.read(file).equals(entry.getValue().sha256()))
                finding("%s has other bytes than it had", file);
        }
    }

    private void finding(String format, Object... arguments) {
        findings.add(format.formatted(arguments));
    }
}
