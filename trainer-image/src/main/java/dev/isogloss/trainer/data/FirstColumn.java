package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.TaggedLines.Sentence;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What stands before the words of a file: a number that counts those of a sentence, or a language before each. What
/// most lines have, all must have: one that has not would give its word another form.
final class FirstColumn {
    private static final Pattern LANGUAGE = Pattern.compile("\\p{Lower}{2,3}([-_]\\p{Alnum}+)*:");
    private static final int LONGEST_CODE = 16;
    private static final Set<String> UNIVERSAL =
            Set.of("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split(" "));

    private final TaggedLines lines;

    FirstColumn(TaggedLines lines) {
        this.lines = lines;
    }

    /// True if the first column counts the words of each sentence, from 0 or from 1.
    ///
    /// @throws InvalidInput for the first word that is not counted where most are
    boolean isNumber(TaskType task, Lines file) {
        List<Sentence> sentences = lines.sentences();
        if (sentences.isEmpty() || lines.width() < 2) return false;
        String origin = sentences.getFirst().rows().getFirst()[0];
        if (!origin.equals("0") && !origin.equals("1")) return false;
        int first = Integer.parseInt(origin);
        long counted = sentences.stream()
                .filter(sentence -> firstUncounted(sentence, first) < 0)
                .count();
        if (2 * counted <= sentences.size() || lines.width() == 2 && areTags(task)) return false;
        if (counted == sentences.size()) return true;
        Sentence broken = sentences.stream()
                .filter(sentence -> firstUncounted(sentence, first) >= 0)
                .findFirst()
                .orElseThrow();
        int word = firstUncounted(broken, first);
        throw new InvalidInput(
                "%s, line %d begins with \"%s\", where word number %d of its sentence is expected: in %,d of %,d sentences the first column counts the words."
                        .formatted(
                                file.path(),
                                broken.line() + word,
                                Excerpt.of(broken.rows().get(word)[0]),
                                first + word,
                                counted,
                                sentences.size()));
    }

    private static int firstUncounted(Sentence sentence, int first) {
        List<String[]> rows = sentence.rows();
        for (int i = 0; i < rows.size(); i++) if (!rows.get(i)[0].equals(Integer.toString(first + i))) return i;
        return -1;
    }

    /// Of two columns the second holds tags, so that the first one is a word which happens to be a number.
    private boolean areTags(TaskType task) {
        Predicate<String> isTag = task.labelsSpans() ? Tags::isEntityTag : UNIVERSAL::contains;
        boolean all = lines.sentences().stream()
                .flatMap(sentence -> sentence.rows().stream())
                .allMatch(columns -> isTag.test(LabelSpelling.trimmed(columns[1])));
        return all || lines.sentences().stream().allMatch(sentence -> sentence.size() == 1);
    }

    /// The `en:` that stands before every word of the file, or nothing.
    ///
    /// @throws InvalidInput for the first word without it where most have it
    String prefix(Lines file) {
        Vote vote = mostCommonPrefix();
        String prefix = vote.prefix();
        if (prefix.isEmpty() || vote.unanimous()) return prefix;
        long all = 0;
        long with = 0;
        for (Sentence sentence : lines.sentences())
            for (String[] columns : sentence.rows()) {
                all++;
                if (columns[0].startsWith(prefix)) with++;
            }
        if (with == all) return prefix;
        if (2 * with <= all) return "";
        for (Sentence sentence : lines.sentences()) {
            List<String[]> rows = sentence.rows();
            for (int i = 0; i < rows.size(); i++)
                if (!rows.get(i)[0].startsWith(prefix))
                    throw new InvalidInput(
                            "%s, line %d has the word \"%s\" without \"%s\", with which %,d of the %,d words begin. Write it there, too, or remove it everywhere."
                                    .formatted(
                                            file.path(),
                                            sentence.line() + i,
                                            Excerpt.of(rows.get(i)[0]),
                                            prefix,
                                            with,
                                            all));
        }
        throw new AssertionError();
    }

    private record Vote(String prefix, boolean unanimous) {}

    /// The prefix of a majority, if there is one; else any (Boyer & Moore's vote).
    private Vote mostCommonPrefix() {
        String prefix = "";
        long votes = 0;
        long words = 0;
        for (Sentence sentence : lines.sentences())
            for (String[] columns : sentence.rows()) {
                words++;
                if (votes > 0 && columns[0].startsWith(prefix)) {
                    votes++;
                    continue;
                }
                int colon = columns[0].indexOf(':');
                if (votes > 0) votes--;
                else if (colon >= 2 && colon <= LONGEST_CODE) {
                    prefix = columns[0].substring(0, colon + 1);
                    votes = 1;
                }
            }
        return new Vote(votes > 0 && LANGUAGE.matcher(prefix).matches() ? prefix : "", votes == words);
    }
}
