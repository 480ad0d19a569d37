package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.data.TaggedLines.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A word and its tag a line, a blank line between sentences: CoNLL (first and last column), WikiAnn with or without
/// `en:` before each word, wikineural with a running number before each word.
///
/// `-DOCSTART-` blocks are dropped. A word of white space alone stays a word, so that words and tags stay aligned.
final class TaggedFormat implements DataFormatReader {
    private static final Set<String> FILLERS = Set.of("", "_", "-X-");

    private final boolean tabs;
    private final TaskType task;

    TaggedFormat(boolean tabs, TaskType task) {
        this.tabs = tabs;
        this.task = task;
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        TaggedLines read = TaggedLines.read(lines, tabs, rows);
        FirstColumn before = new FirstColumn(read);
        boolean numbered = before.isNumber(task, lines);
        int word = numbered ? 1 : 0;
        int prefix = numbered ? 0 : before.prefix(lines).length();
        int tag = read.width() - 1;
        boolean tagged = tag > word && !isUntagged(read, word, lines);
        if (tagged) tellOfOtherColumns(read, word, rows);
        for (Sentence sentence : read.sentences()) {
            List<String[]> all = sentence.rows();
            List<String> words = new ArrayList<>(all.size());
            List<String> tags = new ArrayList<>(all.size());
            for (int i = 0; i < all.size(); i++) {
                String[] columns = all.get(i);
                long line = sentence.line() + i;
                words.add(columns[word].substring(prefix));
                tellOfOddWord(words.getLast(), line, rows);
                if (!tagged) continue;
                if (Tags.isMissing(columns[tag]))
                    throw new InvalidInput("%s, line %d has a word (\"%s\") without a tag; write word%stag."
                            .formatted(lines.path(), line, Excerpt.of(words.getLast()), tabs ? "<TAB>" : " "));
                tags.add(columns[tag]);
                if (!tabs && LabelSpelling.trimmed(columns[tag]).indexOf(' ') >= 0)
                    throw new InvalidInput(
                            "%s, line %d: the tag \"%s\" holds a blank. Part all columns by tabs, or all by blanks."
                                    .formatted(lines.path(), line, Excerpt.of(columns[tag])));
            }
            String place = lines.path() + ", sentence at line " + sentence.line();
            rows.add(
                    new TaggedExample(
                            Long.toString(sentence.line()),
                            words,
                            tagged ? Tags.checked(tags, task, place, rows, sentence.line()) : null),
                    sentence.line());
        }
    }

    private void tellOfOddWord(String word, long line, ExampleSink rows) {
        if (word.startsWith("# ")) rows.remark("word that begins with \"# \": is it a comment?", line);
        else if (!tabs && word.indexOf(' ') >= 0)
            rows.remark("word that holds a blank, since its line has tabs between the columns", line);
    }

    /// True if no word has a tag, though there is a column for it.
    private static boolean isUntagged(TaggedLines read, int word, Lines lines) {
        int tag = read.width() - 1;
        if (!all(read, tag, Tags::isMissing)) return false;
        if (tag == word + 1) return true;
        throw new InvalidInput(
                "%s: column %d is empty in every line, and tags are read from it, since it is the last one. Remove the tab at the end of the lines, or write the tags there."
                        .formatted(lines.path(), tag + 1));
    }

    private static void tellOfOtherColumns(TaggedLines read, int word, ExampleSink rows) {
        List<Integer> filled = IntStream.range(word + 1, read.width() - 1)
                .filter(column -> !all(read, column, FILLERS::contains))
                .mapToObj(column -> column + 1)
                .toList();
        if (!filled.isEmpty())
            rows.tell("tags are read from column %d, the last one; what columns %s hold is not read"
                    .formatted(read.width(), filled));
    }

    private static boolean all(TaggedLines read, int column, Predicate<String> test) {
        return read.sentences().stream()
                .flatMap(sentence -> sentence.rows().stream())
                .allMatch(columns -> test.test(columns[column]));
    }
}
