package dev.isogloss.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reader of translation pairs as labelled texts: JSON lines with `source` and `target`, for pairs of texts also
/// `source2` and `target2`, and where the file has them `id` (the same in all languages) and `label`; or two columns
/// between tabs.
public final class TranslationReader {
    private TranslationReader() {}

    /// @param translations by language, in the order of their files; a language without a file has none
    /// @param files        everything that was read
    public record Translations(Map<String, List<Translation>> translations, List<SourceFile> files) {}

    /// @param pair whether the task reads two texts
    /// @throws InvalidInput if no language has translations, or a line lacks a field
    public static Translations read(Location pairs, Collection<String> languages, boolean pair, ClaimFolders claims) {
        Map<String, List<Translation>> found = new LinkedHashMap<>();
        List<SourceFile> files = new ArrayList<>();
        ResolvedLocation resolved = ResolvedLocation.of(pairs, claims, CorpusReader.PAIRS);
        for (String language : languages)
            for (Path file : CorpusReader.files(resolved, language)) {
                List<Translation> of = found.computeIfAbsent(language, _ -> new ArrayList<>());
                files.add(read(file, CorpusReader.name(resolved, file), language, pair, of));
            }
        found.values().removeIf(List::isEmpty);
        if (found.isEmpty())
            throw new InvalidInput(CorpusReader.noPairs(resolved, languages) + " Mend spec.corpus.pairs.");
        return new Translations(found, files);
    }

    private static SourceFile read(Path file, String name, String language, boolean pair, List<Translation> found) {
        boolean json = CorpusReader.json(file);
        if (pair && !json)
            throw new InvalidInput(
                    ("%s has a text and its translation between tabs, and this task reads pairs of texts:"
                                    + " write JSON lines with source, source2, target and target2.")
                            .formatted(file));
        try (Lines lines = Lines.open(file, name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) continue;
                Translation translation =
                        json ? fromJson(line, language, pair, lines) : fromColumns(line, language, lines);
                if (!translation.source().text().isBlank()
                        && !translation.target().text().isBlank()) found.add(translation);
            }
            return lines.finish();
        }
    }

    private static Translation fromColumns(String line, String language, Lines lines) {
        TextPair pair = CorpusReader.tabPair(line, language, lines);
        return Translation.of(null, language, pair.source(), null, pair.target(), null, null);
    }

    private static Translation fromJson(String line, String language, boolean pair, Lines lines) {
        JsonNode object = JsonLinesFormat.object(line, lines);
        return Translation.of(
                text(object, "id"),
                language,
                JsonLinesFormat.field(object, "source", lines).asText(),
                pair ? JsonLinesFormat.field(object, "source2", lines).asText() : null,
                JsonLinesFormat.field(object, "target", lines).asText(),
                pair ? JsonLinesFormat.field(object, "target2", lines).asText() : null,
                text(object, "label"));
    }

    private static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }
}
