package dev.isogloss.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reader of texts for pretraining: plain text, one a line (or JSON lines with a field `text`), and translation
/// pairs (JSON lines with `source` and `target`, or two columns between tabs). Paths may hold `{language}` and the
/// globs `*`, `**` and `?`; files match in alphabetical order. Blank lines are skipped.
public final class CorpusReader {
    static final String PAIRS = "The corpus's translation pairs";

    private final ClaimFolders claims;

    /// @param claims folders by claim name
    public CorpusReader(ClaimFolders claims) {
        this.claims = claims;
    }

    /// Reads every language.
    ///
    /// @param pairs where translations lie; null for none. A language may have none, but not all of them
    /// @throws InvalidInput if a language has no text, or no language has a pair
    public CorpusTexts read(Location texts, @Nullable Location pairs, Collection<String> languages) {
        Map<String, List<String>> byLanguage = new LinkedHashMap<>();
        Map<String, List<TextPair>> pairsByLanguage = new LinkedHashMap<>();
        List<SourceFile> read = new ArrayList<>();
        ResolvedLocation textLocation = ResolvedLocation.of(texts, claims, "The corpus");
        for (String language : languages) {
            List<String> found = new ArrayList<>();
            for (Path file : files(textLocation, language)) readTexts(file, name(textLocation, file), found, read);
            if (found.isEmpty()) throw noText(textLocation, language);
            byLanguage.put(language, List.copyOf(found));
        }
        if (pairs == null) return new CorpusTexts(byLanguage, Map.of(), List.copyOf(read));
        ResolvedLocation pairLocation = ResolvedLocation.of(pairs, claims, PAIRS);
        for (String language : languages) {
            List<TextPair> found = new ArrayList<>();
            for (Path file : files(pairLocation, language))
                readPairs(file, language, name(pairLocation, file), found, read);
            if (!found.isEmpty()) pairsByLanguage.put(language, List.copyOf(found));
        }
        if (pairsByLanguage.isEmpty())
            throw new InvalidInput(noPairs(pairLocation, languages) + " Leave out corpus.pairs to go without.");
        return new CorpusTexts(byLanguage, pairsByLanguage, List.copyOf(read));
    }

    /// Looks for the texts of every language, and reads none.
    ///
    /// @throws InvalidInput if a language has no file
    public void requireTexts(Location texts, Collection<String> languages) {
        ResolvedLocation resolved = ResolvedLocation.of(texts, claims, "The corpus");
        for (String language : languages) if (files(resolved, language).isEmpty()) throw noText(resolved, language);
    }

    /// Looks for translation pairs, and reads none.
    ///
    /// @throws InvalidInput if no language has a file
    public void requirePairs(Location pairs, Collection<String> languages) {
        ResolvedLocation resolved = ResolvedLocation.of(pairs, claims, PAIRS);
        if (languages.stream().allMatch(language -> files(resolved, language).isEmpty()))
            throw new InvalidInput(noPairs(resolved, languages) + " Mend spec.corpus.pairs.");
    }

    /// A language without pairs is none; all of them are an error.
    static String noPairs(ResolvedLocation resolved, Collection<String> languages) {
        String first = resolved.name(languages.iterator().next(), "train").replaceAll("[*?].*", "x");
        return "No language of %s has translation pairs under %s (path \"%s\").%s"
                .formatted(
                        languages,
                        resolved.folder(),
                        resolved.pattern(),
                        resolved.contents(resolved.folder().resolve(first)));
    }

    private static InvalidInput noText(ResolvedLocation resolved, String language) {
        Path wanted = resolved.folder().resolve(resolved.name(language, "train").replaceAll("[*?].*", "x"));
        return new InvalidInput("Language \"%s\" has no text: nothing to read under %s for the path \"%s\".%s"
                .formatted(language, resolved.folder(), resolved.name(language, "train"), resolved.contents(wanted)));
    }

    static List<Path> files(ResolvedLocation resolved, String language) {
        String pattern = resolved.name(language, "train");
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            Path file = resolved.folder().resolve(pattern);
            if (Files.isRegularFile(file)) return List.of(resolved.inside(file));
            Path compressed = file.resolveSibling(file.getFileName() + ".gz");
            return Files.isRegularFile(compressed) ? List.of(resolved.inside(compressed)) : List.of();
        }
        return MatchingFiles.of(resolved, pattern);
    }

    static String name(ResolvedLocation resolved, Path file) {
        return resolved.folder().relativize(file).toString().replace('\\', '/');
    }

    static boolean json(Path file) {
        String name = file.getFileName().toString().replaceAll("\\.gz$", "");
        return name.endsWith(".jsonl") || name.endsWith(".json") || name.endsWith(".ndjson");
    }

    private static void readTexts(Path file, String name, List<String> found, List<SourceFile> read) {
        boolean json = json(file);
        try (Lines lines = Lines.open(file, name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) continue;
                String text = json
                        ? JsonLinesFormat.field(JsonLinesFormat.object(line, lines), "text", lines)
                                .asText()
                        : line;
                if (!text.isBlank()) found.add(text);
            }
            read.add(lines.finish());
        }
    }

    private static void readPairs(
            Path file, String language, String name, List<TextPair> found, List<SourceFile> read) {
        boolean json = json(file);
        try (Lines lines = Lines.open(file, name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) continue;
                TextPair pair = json ? jsonPair(line, language, lines) : tabPair(line, language, lines);
                if (!pair.source().isBlank() && !pair.target().isBlank()) found.add(pair);
            }
            read.add(lines.finish());
        }
    }

    private static TextPair jsonPair(String line, String language, Lines lines) {
        JsonNode object = JsonLinesFormat.object(line, lines);
        return new TextPair(
                language,
                JsonLinesFormat.field(object, "source", lines).asText(),
                JsonLinesFormat.field(object, "target", lines).asText());
    }

    static TextPair tabPair(String line, String language, Lines lines) {
        String[] columns = line.split("\t", -1);
        if (columns.length < 2)
            throw new InvalidInput(
                    "%s has no tab; a text, a tab and its translation are needed.".formatted(lines.place()));
        return new TextPair(language, columns[0], columns[1]);
    }
}
