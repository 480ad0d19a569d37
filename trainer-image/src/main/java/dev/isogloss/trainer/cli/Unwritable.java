package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.store.StoreErrors;
import dev.isogloss.trainer.store.StoreFull;
import java.io.IOException;
import java.nio.file.Path;

/// What a command writes cannot be written.
final class Unwritable {
    private Unwritable() {}

    /// A full disk may have room later; any other reason is the choice of the place.
    ///
    /// @param advice a sentence
    static RuntimeException of(Path place, IOException failure, String advice) {
        return StoreErrors.isFull(failure)
                ? new StoreFull(
                        "The disk under %s is full. Free some space, and run the same command again.".formatted(place),
                        failure)
                : new InvalidInput(
                        "%s cannot be written (%s). %s".formatted(place, failure.getMessage(), advice), failure);
    }
}
