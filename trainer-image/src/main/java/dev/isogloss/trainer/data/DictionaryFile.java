package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.trainer.files.InputFile;
import java.nio.file.Files;

/// The one file of a dictionary on this machine.
///
/// @param name its path without where the dictionary lies: how results record what was read
public record DictionaryFile(String name, InputFile file) {

    /// @param claims folders by claim name
    /// @throws InvalidInput if there is no such file (says what is there), or one that is no text
    public static DictionaryFile of(DictionaryIdentity identity, Location location, ClaimFolders claims) {
        ResolvedLocation place = ResolvedLocation.of(location, claims, "Dictionary " + identity.name());
        InputFile file = place.inside(place.folder().resolve(place.pattern()).normalize());
        if (!Files.isRegularFile(file.path()))
            throw new InvalidInput("There is no file %s: it should hold dictionary %s.%s Mend spec.dictionary.location."
                    .formatted(file.path(), identity.name(), place.contents(file.path())));
        Lines.open(file, place.pattern()).close(); // refuses what is no text
        return new DictionaryFile(place.pattern(), file);
    }
}
