package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.trainer.files.InputFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The files of a dataset on this machine.
///
/// @param languages the languages whose files lie elsewhere than `location` says
/// @param claims    folders by claim name
public record DataFiles(
        DatasetIdentity identity, Location location, List<LanguageFiles> languages, ClaimFolders claims) {

    public DataFiles {
        languages = List.copyOf(languages);
    }

    public DataFiles(DatasetIdentity identity, Location location, ClaimFolders claims) {
        this(identity, location, List.of(), claims);
    }

    /// The file of a split: `path` of the location (or of the language), with `{split}` replaced by the split's `file`
    /// where it is cut out of another. A file that exists only as `.gz` is found as well.
    ///
    /// @throws InvalidInput if there is no such file; says what was looked for and what is there
    public InputFile file(String language, String split) {
        return file(language, split, "");
    }

    /// @param otherwise a sentence for those who have no such file; may be empty
    public InputFile file(String language, String split, String otherwise) {
        ResolvedLocation place = resolved(language);
        InputFile plain =
                place.inside(place.folder().resolve(name(language, split)).normalize());
        Path wanted = plain.path();
        if (Files.exists(wanted)) return plain;
        Path compressed = wanted.resolveSibling(wanted.getFileName() + ".gz");
        if (Files.exists(compressed)) return place.inside(compressed);
        throw new InvalidInput(
                "There is no file %s: it should hold split \"%s\" of language \"%s\" (dataset %s, path \"%s\").%s%s"
                        .formatted(
                                wanted,
                                split,
                                language,
                                identity.name(),
                                place.pattern(),
                                place.contents(wanted),
                                otherwise.isEmpty() ? "" : " " + otherwise));
    }

    /// The same path without the folder of the dataset, as results record it.
    public String name(String language, String split) {
        String file = identity.cut(language, split).map(SplitSource::file).orElse(split);
        return resolved(language).name(language, file);
    }

    private ResolvedLocation resolved(String language) {
        @Nullable
        String own = languages.stream()
                .filter(files -> files.language().equals(language))
                .map(LanguageFiles::path)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return ResolvedLocation.of(location, own == null ? location.path() : own, claims, "Dataset " + identity.name());
    }
}
