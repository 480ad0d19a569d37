package dev.isogloss.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads translation pairs as labelled texts: JSON lines with `source` and `target`, for pairs of texts also `source2`
/// and `target2`, and where the file has them `id` (the same in all languages) and `label`.
public final class TranslationReader {
    private TranslationReader() {}

    /// @param translations by language, in the order of their files; a language without a file has none
    /// @param files        everything that was read
    public record Translations(Map<String, List<Translation>> translations, List<SourceFile> files) {}

    /// @param pair whether the task reads two texts
    /// @throws InvalidInput if no language has translations, or a line lacks a field
    public static Translations read(
            Location pairs, Collection<String> languages, boolean pair, Map<String, Path> claims) {
        Map<String, List<Translation>> found = new LinkedHashMap<>();
        List<SourceFile> files = new ArrayList<>();
        Place place = Place.of(pairs, null, claims, "The corpus's translation pairs");
        for (String language : languages)
            for (Path file : CorpusReader.files(place, language)) {
                List<Translation> of = found.computeIfAbsent(language, _ -> new ArrayList<>());
                files.add(read(file, CorpusReader.name(place, file), language, pair, of));
            }
        found.values().removeIf(List::isEmpty);
        if (found.isEmpty())
            throw new InvalidInput("None of the languages %s has translation pairs under %s (path \"%s\")."
                    .formatted(languages, place.folder(), place.pattern()));
        return new Translations(found, files);
    }

    private static SourceFile read(Path file, String name, String language, boolean pair, List<Translation> found) {
        try (Lines lines = Lines.open(file, name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) continue;
                JsonNode object = JsonLinesFormat.object(line, lines);
                String source = JsonLinesFormat.field(object, "source", lines).asText();
                String target = JsonLinesFormat.field(object, "target", lines).asText();
                String source2 =
                        pair ? JsonLinesFormat.field(object, "source2", lines).asText() : null;
                String target2 =
                        pair ? JsonLinesFormat.field(object, "target2", lines).asText() : null;
                if (source.isBlank() || target.isBlank()) continue;
                found.add(Translation.of(
                        text(object, "id"), language, source, source2, target, target2, text(object, "label")));
            }
            return lines.finish();
        }
    }

    private static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }
}
