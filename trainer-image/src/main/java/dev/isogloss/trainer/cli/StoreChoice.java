package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.Location;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which store a command uses.
///
/// @param note what a user may want to know about the choice
record StoreChoice(Path folder, Optional<String> note) {

    /// `--store` wins, then the manifest's storage, then `.isogloss` in the current folder.
    static StoreChoice of(
            @Nullable Path option, @Nullable Location storage, Map<String, Path> claims, Path currentFolder) {
        if (option != null) return new StoreChoice(option, Optional.empty());
        Path usual = currentFolder.resolve(StoreOption.DEFAULT);
        if (storage == null) return new StoreChoice(usual, Optional.empty());
        String uri = storage.uri();
        if (uri != null) return new StoreChoice(local(uri), Optional.empty());
        String claim = storage.claim();
        Path mapped = claim == null ? null : claims.get(claim);
        if (mapped == null)
            return new StoreChoice(
                    usual,
                    Optional.of("the store is %s; the manifest's claim %s has no folder here (--claim %s=DIR)"
                            .formatted(usual, claim, claim)));
        String path = storage.path();
        return new StoreChoice(path == null ? mapped : mapped.resolve(path), Optional.empty());
    }

    private static Path local(String uri) {
        if (uri.startsWith("file:")) return Path.of(URI.create(uri).getPath());
        throw new InvalidInput(
                "The manifest keeps its results at %s, which this command cannot reach. Name a folder with --store DIR."
                        .formatted(uri));
    }
}
