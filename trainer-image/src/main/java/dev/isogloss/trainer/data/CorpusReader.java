package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.trainer.files.InputFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A reader of texts for pretraining: plain text, one a line (or JSON lines with a field `text`), and translation
/// pairs (JSON lines with `source` and `target`, or two columns between tabs). Paths may hold `{language}` and the
/// globs `*`, `**` and `?`; files match in alphabetical order. Blank lines are skipped.
public final class CorpusReader {
    static final String PAIRS = "The corpus's translation pairs";
    static final String ONE_SIDE = "pair with an empty text on one side, left out";

    /// Names of fields of corpora are fixed.
    static final String RENAME = "Rename the right one in the file.";

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
        List<String> notes = new ArrayList<>();
        ResolvedLocation textLocation = ResolvedLocation.of(texts, claims, "The corpus");
        for (String language : languages) {
            List<String> found = new ArrayList<>();
            for (InputFile file : files(textLocation, language))
                found.addAll(readTexts(file, name(textLocation, file), read, notes));
            if (found.isEmpty()) throw noText(textLocation, language, notes);
            byLanguage.put(language, List.copyOf(found));
        }
        if (pairs == null) return new CorpusTexts(byLanguage, Map.of(), List.copyOf(read), notes);
        int ofTexts = notes.size();
        ResolvedLocation pairLocation = ResolvedLocation.of(pairs, claims, PAIRS);
        for (String language : languages) {
            List<TextPair> found = new ArrayList<>();
            for (InputFile file : files(pairLocation, language))
                found.addAll(readPairs(file, language, name(pairLocation, file), read, notes));
            if (!found.isEmpty()) pairsByLanguage.put(language, List.copyOf(found));
        }
        if (pairsByLanguage.isEmpty())
            throw new InvalidInput(noPairs(pairLocation, languages, notes.subList(ofTexts, notes.size()))
                    + " Leave out corpus.pairs to go without.");
        return new CorpusTexts(byLanguage, pairsByLanguage, List.copyOf(read), notes);
    }

    /// Looks for the texts of every language, and reads none.
    ///
    /// @throws InvalidInput if a language has no file
    public void requireTexts(Location texts, Collection<String> languages) {
        ResolvedLocation resolved = ResolvedLocation.of(texts, claims, "The corpus");
        for (String language : languages)
            if (files(resolved, language).isEmpty()) throw noText(resolved, language, List.of());
    }

    /// Looks for translation pairs, and reads none.
    ///
    /// @throws InvalidInput if no language has a file
    public void requirePairs(Location pairs, Collection<String> languages) {
        ResolvedLocation resolved = ResolvedLocation.of(pairs, claims, PAIRS);
        if (languages.stream().allMatch(language -> files(resolved, language).isEmpty()))
            throw new InvalidInput(noPairs(resolved, languages, List.of()) + " Mend spec.corpus.pairs.");
    }

    /// A language without pairs is none; all of them are an error.
    ///
    /// @param notes of what was read, which may say why nothing was left of it
    static String noPairs(ResolvedLocation resolved, Collection<String> languages, List<String> notes) {
        List<InputFile> files = languages.stream()
                .flatMap(language -> files(resolved, language).stream())
                .toList();
        if (!files.isEmpty())
            return "%s holds no translation pairs%s.".formatted(files.getFirst().path(), because(files, notes));
        String first = resolved.name(languages.iterator().next(), "train").replaceAll("[*?].*", "x");
        return "No language of %s has translation pairs under %s (path \"%s\").%s"
                .formatted(
                        languages,
                        resolved.folder(),
                        resolved.pattern(),
                        resolved.contents(resolved.folder().resolve(first)));
    }

    private static String because(List<InputFile> files, List<String> notes) {
        String others = files.size() == 1 ? "" : ", nor do the %d other files".formatted(files.size() - 1);
        return others
                + (notes.isEmpty()
                        ? ": its lines are blank"
                        : ": " + notes.stream().limit(3).collect(Collectors.joining("; ")));
    }

    private static InvalidInput noText(ResolvedLocation resolved, String language, List<String> notes) {
        List<InputFile> files = files(resolved, language);
        if (!files.isEmpty())
            return new InvalidInput("%s holds no text of language \"%s\"%s. Put texts there, one a line."
                    .formatted(files.getFirst().path(), language, because(files, notes)));
        Path wanted = resolved.folder().resolve(resolved.name(language, "train").replaceAll("[*?].*", "x"));
        return new InvalidInput("Language \"%s\" has no text: nothing to read under %s for the path \"%s\".%s"
                .formatted(language, resolved.folder(), resolved.name(language, "train"), resolved.contents(wanted)));
    }

    static List<InputFile> files(ResolvedLocation resolved, String language) {
        String pattern = resolved.name(language, "train");
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            Path file = resolved.folder().resolve(pattern);
            if (Files.isRegularFile(file)) return List.of(resolved.inside(file));
            Path compressed = file.resolveSibling(file.getFileName() + ".gz");
            return Files.isRegularFile(compressed) ? List.of(resolved.inside(compressed)) : List.of();
        }
        return MatchingFiles.of(resolved, pattern);
    }

    static String name(ResolvedLocation resolved, InputFile file) {
        return resolved.folder().relativize(file.path()).toString().replace('\\', '/');
    }

    static boolean json(InputFile file) {
        String name = file.path().getFileName().toString().replaceAll("\\.gz$", "");
        return name.endsWith(".jsonl") || name.endsWith(".json") || name.endsWith(".ndjson");
    }

    private static List<String> readTexts(InputFile file, String name, List<SourceFile> read, List<String> notes) {
        boolean json = json(file);
        List<String> found = new ArrayList<>();
        Remarks remarks = new Remarks();
        try (Lines lines = Lines.open(file, name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) continue;
                if (!json && found.isEmpty())
                    JsonRow.requireNone(
                            line, lines, "texts are needed, one a line. Let the file's name end in .jsonl.");
                String text = json ? JsonRow.of(line, lines, RENAME).text("text") : line;
                if (text.isBlank()) remarks.add("empty text, left out", lines.number());
                else found.add(text);
            }
            read.add(lines.finish());
        }
        remarks.notes().forEach(note -> notes.add(name + ": " + note));
        return found;
    }

    private static List<TextPair> readPairs(
            InputFile file, String language, String name, List<SourceFile> read, List<String> notes) {
        boolean json = json(file);
        List<TextPair> found = new ArrayList<>();
        PairColumns columns = new PairColumns();
        Remarks remarks = new Remarks();
        try (Lines lines = Lines.open(file, name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) continue;
                TextPair pair = json ? jsonPair(line, language, lines) : columns.pair(line, language, lines, remarks);
                if (pair.source().isBlank() || pair.target().isBlank()) remarks.add(ONE_SIDE, lines.number());
                else found.add(pair);
            }
            read.add(lines.finish());
        }
        remarks.notes().forEach(note -> notes.add(name + ": " + note));
        return found;
    }

    private static TextPair jsonPair(String line, String language, Lines lines) {
        JsonRow row = JsonRow.of(line, lines, RENAME);
        return new TextPair(language, row.text("source"), row.text("target"));
    }
}
