package dev.isogloss.trainer.cli;

import dev.isogloss.api.data.Location;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.data.ResolvedLocation;
import dev.isogloss.trainer.store.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store that a command uses.
///
/// @param note what a user may want to know about the choice
record StoreChoice(Store store, Optional<String> note) {

    /// `--store` wins, then the manifest's storage, then `.isogloss` in the current folder.
    static StoreChoice of(
            @Nullable String option, @Nullable Location storage, Map<String, Path> claims, CliEnvironment environment) {
        if (option != null) return at(option, environment);
        String usual = environment.folder().resolve(StoreOptions.DEFAULT).toString();
        if (storage == null) return at(usual, environment);
        if (storage.uri() != null) return at(storage.uri(), environment);
        String claim = storage.claim();
        if (claim != null && !claims.containsKey(claim))
            return new StoreChoice(
                    Stores.open(usual, environment.variables()),
                    Optional.of("the store is %s; the manifest's claim %s stands for no folder here (--claim %s=FOLDER)"
                            .formatted(usual, claim, claim)));
        return at(
                ResolvedLocation.of(storage, ClaimFolders.withLinks(claims), "The store")
                        .path()
                        .toString(),
                environment);
    }

    private static StoreChoice at(String address, CliEnvironment environment) {
        return new StoreChoice(Stores.open(address, environment.variables()), Optional.empty());
    }
}
