package dev.isogloss.trainer.cli;

import dev.isogloss.api.data.Location;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which store a command uses.
///
/// @param note what a user may want to know about the choice
record StoreChoice(Store store, Optional<String> note) {

    /// `--store` wins, then the manifest's storage, then `.isogloss` in the current folder.
    static StoreChoice of(
            @Nullable String option, @Nullable Location storage, Map<String, Path> claims, CliEnvironment around) {
        if (option != null) return at(option, around);
        String usual = around.folder().resolve(StoreOption.DEFAULT).toString();
        if (storage == null) return at(usual, around);
        if (storage.uri() != null) return at(storage.uri(), around);
        String claim = storage.claim();
        Path mapped = claim == null ? null : claims.get(claim);
        if (mapped == null)
            return new StoreChoice(
                    Stores.open(usual, around.environment()),
                    Optional.of("the store is %s; the manifest's claim %s has no folder here (--claim %s=DIR)"
                            .formatted(usual, claim, claim)));
        String path = storage.path();
        return at((path == null ? mapped : mapped.resolve(path)).toString(), around);
    }

    private static StoreChoice at(String address, CliEnvironment around) {
        return new StoreChoice(Stores.open(address, around.environment()), Optional.empty());
    }
}
