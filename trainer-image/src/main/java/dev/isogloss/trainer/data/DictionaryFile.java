package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.step.DictionaryIdentity;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one file of a dictionary on this machine.
///
/// @param name its path without where the dictionary lies: how results record what was read
public record DictionaryFile(String name, Path path) {

    /// @param claims folders by claim name
    /// @throws InvalidInput if there is no such file (says what is there), or one that is no text
    public static DictionaryFile of(DictionaryIdentity identity, Location location, ClaimFolders claims) {
        ResolvedLocation place = ResolvedLocation.of(location, claims, "Dictionary " + identity.name());
        Path file = place.inside(place.folder().resolve(place.pattern()).normalize());
        if (!Files.isRegularFile(file))
            throw new InvalidInput("There is no file %s: it should hold dictionary %s.%s Mend spec.dictionary.location."
                    .formatted(file, identity.name(), place.contents(file)));
        Lines.open(file, place.pattern()).close(); // refuses what is no text
        return new DictionaryFile(place.pattern(), file);
    }
}
