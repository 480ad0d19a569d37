package dev.isogloss.trainer.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names that columns usually have, by which a header that names others than those asked for is told from an example.
final class ColumnNames {
    private static final int LONGEST = 24;
    private static final Set<String> TEXTS = Set.of(
            ("text texts sentence sentences premise hypothesis hypo question answer query passage content review "
                            + "reviewbody body comment tweet document utterance headline title source target src tgt trg "
                            + "translation")
                    .split(" "));
    private static final Set<String> LABELS = Set.of(
            ("label labels goldlabel gold class classes category categories sentiment polarity intent topic stars star "
                            + "rating score annotation y")
                    .split(" "));
    private static final Set<String> OTHERS =
            Set.of("id ids idx index key no nr guid uid pairid promptid sentid docid language lang split".split(" "));
    private static final Set<String> WORDS =
            Set.of("word words token tokens form lemma lemmas sentence sentences text".split(" "));
    private static final Set<String> TAGS =
            Set.of(("tag tags upos xpos pos postag postags ner nertag nertags netag chunk "
                            + "feats head deprel deps misc label labels entity entities iob bio")
                    .split(" "));

    private ColumnNames() {}

    /// True of a row that holds names of columns of texts, and nothing else.
    static boolean allOfTexts(List<String> row) {
        return all(row, OTHERS, TEXTS, LABELS);
    }

    /// True of a row that holds names of columns of words and tags, and nothing else.
    static boolean allOfWords(List<String> row) {
        return all(row, OTHERS, WORDS, TAGS);
    }

    /// True of a name that a column of labels may have.
    static boolean isOfLabels(String cell) {
        return LABELS.contains(letters(cell));
    }

    /// True if two names are the same but for case, blanks and signs.
    static boolean alike(String cell, String name) {
        return cell.length() <= name.length() + LONGEST && letters(cell).equals(letters(name));
    }

    @SafeVarargs
    private static boolean all(List<String> row, Set<String>... known) {
        int named = 0;
        for (String cell : row) {
            if (cell.isBlank()) continue;
            if (cell.length() > LONGEST) return false;
            String name = letters(cell);
            String bare = name.replaceFirst("\\d+$", "");
            boolean found = false;
            for (Set<String> names : known) found |= names.contains(names == LABELS ? name : bare);
            if (!found) return false;
            named++;
        }
        return named >= 2;
    }

    private static String letters(String name) {
        return name.length() > 2 * LONGEST
                ? name
                : name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
