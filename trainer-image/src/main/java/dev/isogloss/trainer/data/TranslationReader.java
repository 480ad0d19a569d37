package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.trainer.files.InputFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A reader of translation pairs as labelled texts: JSON lines with `source` and `target`, for pairs of texts also
/// `source2` and `target2`, and where the file has them `id` (the same in all languages) and `label`; or two columns
/// between tabs.
public final class TranslationReader {
    private TranslationReader() {}

    /// @param translations by language, in the order of their files; a language without a file has none
    /// @param files        everything that was read
    /// @param notes        what a user may want to know and need not mend, each with its file
    public record Translations(
            Map<String, List<Translation>> translations, List<SourceFile> files, List<String> notes) {

        public Translations {
            notes = List.copyOf(notes);
        }
    }

    /// @param pair whether the task reads two texts
    /// @throws InvalidInput if no language has translations, or a line lacks a field
    public static Translations read(Location pairs, Collection<String> languages, boolean pair, ClaimFolders claims) {
        Map<String, List<Translation>> found = new LinkedHashMap<>();
        List<SourceFile> files = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        ResolvedLocation resolved = ResolvedLocation.of(pairs, claims, CorpusReader.PAIRS);
        for (String language : languages)
            for (InputFile file : CorpusReader.files(resolved, language)) {
                List<Translation> of = found.computeIfAbsent(language, _ -> new ArrayList<>());
                String name = CorpusReader.name(resolved, file);
                Remarks remarks = new Remarks();
                files.add(read(file, name, language, pair, of, remarks));
                remarks.notes().forEach(note -> notes.add(name + ": " + note));
            }
        found.values().removeIf(List::isEmpty);
        if (found.isEmpty())
            throw new InvalidInput(CorpusReader.noPairs(resolved, languages, notes) + " Mend spec.corpus.pairs.");
        return new Translations(found, files, notes);
    }

    private static SourceFile read(
            InputFile file, String name, String language, boolean pair, List<Translation> found, Remarks remarks) {
        boolean json = CorpusReader.json(file);
        if (pair && !json)
            throw new InvalidInput(
                    ("%s has a text and its translation between tabs, and this task reads pairs of texts:"
                                    + " write JSON lines with source, source2, target and target2.")
                            .formatted(file.path()));
        PairColumns columns = new PairColumns();
        try (Lines lines = Lines.open(file, name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) continue;
                Translation translation = json
                        ? fromJson(line, language, pair, lines, remarks)
                        : fromColumns(columns.pair(line, language, lines, remarks));
                if (translation.source().text().isBlank()
                        || translation.target().text().isBlank()) remarks.add(CorpusReader.ONE_SIDE, lines.number());
                else found.add(translation);
            }
            return lines.finish();
        }
    }

    private static Translation fromColumns(TextPair pair) {
        return Translation.of(null, pair.language(), pair.source(), null, pair.target(), null, null);
    }

    private static Translation fromJson(String line, String language, boolean pair, Lines lines, Remarks remarks) {
        JsonRow row = JsonRow.of(line, lines, CorpusReader.RENAME);
        String needed = "a string or number is needed";
        return Translation.of(
                row.optional("id", needed),
                language,
                row.text("source"),
                pair ? row.text("source2") : null,
                row.text("target"),
                pair ? row.text("target2") : null,
                remarks.label(row.optional("label", needed), lines.number()));
    }
}
