package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A word and its tag a line, a blank line between sentences: CoNLL (first and last column), WikiAnn with or without
/// `en:` before each word, wikineural with a running number before each word.
///
/// `-DOCSTART-` blocks are dropped. A word of white space alone stays a word, so that words and tags stay aligned.
final class TaggedFormat implements DataFormatReader {
    private static final Pattern SPACES = Pattern.compile("[ \t]+");
    private static final Pattern LANGUAGE = Pattern.compile("\\p{Lower}{2,3}([-_]\\p{Alnum}+)*:");

    private final boolean tabs;
    private final TaskType task;

    TaggedFormat(boolean tabs, TaskType task) {
        this.tabs = tabs;
        this.task = task;
    }

    private record Sentence(List<String[]> rows, long line) {}

    @Override
    public void read(Lines lines, ExampleSink rows) {
        List<Sentence> sentences = sentences(lines);
        boolean numbered = numbered(sentences);
        String prefix = numbered ? "" : prefix(sentences);
        boolean untagged = sentences.stream()
                .flatMap(sentence -> sentence.rows().stream())
                .allMatch(columns -> columns.length == (numbered ? 2 : 1));
        for (Sentence sentence : sentences) {
            List<String> words = new ArrayList<>();
            List<String> tags = new ArrayList<>();
            for (int i = 0; i < sentence.rows().size(); i++) {
                String[] columns = sentence.rows().get(i);
                words.add(columns[numbered ? 1 : 0].substring(prefix.length()));
                if (untagged) continue;
                if (columns.length < (numbered ? 3 : 2))
                    throw new InvalidInput("%s, line %d has a word (\"%s\") without a tag; write word%stag."
                            .formatted(
                                    lines.path(),
                                    sentence.line() + i,
                                    Excerpt.of(words.getLast()),
                                    tabs ? "<TAB>" : " "));
                tags.add(columns[columns.length - 1].strip());
            }
            String place = lines.path() + ", sentence at line " + sentence.line();
            rows.add(
                    new TaggedExample(
                            Long.toString(sentence.line()), words, untagged ? null : Tags.checked(tags, task, place)),
                    sentence.line());
        }
    }

    private List<Sentence> sentences(Lines lines) {
        List<Sentence> sentences = new ArrayList<>();
        List<String[]> open = new ArrayList<>();
        long start = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank() || line.startsWith("-DOCSTART-")) {
                if (!open.isEmpty()) sentences.add(new Sentence(open, start));
                open = new ArrayList<>();
                continue;
            }
            if (open.isEmpty()) start = lines.number();
            open.add(tabs || line.indexOf('\t') >= 0 ? line.split("\t", -1) : SPACES.split(line.strip(), -1));
        }
        if (!open.isEmpty()) sentences.add(new Sentence(open, start));
        return sentences;
    }

    /// True if the first column counts the words of each sentence, from 0 or from 1.
    private static boolean numbered(List<Sentence> sentences) {
        if (sentences.isEmpty()) return false;
        String origin = sentences.getFirst().rows().getFirst()[0];
        if (!origin.equals("0") && !origin.equals("1")) return false;
        int first = Integer.parseInt(origin);
        return sentences.stream().limit(100).allMatch(sentence -> {
            for (int i = 0; i < sentence.rows().size(); i++) {
                String[] columns = sentence.rows().get(i);
                if (columns.length < 2 || !columns[0].equals(Integer.toString(first + i))) return false;
            }
            return true;
        });
    }

    /// The `en:` that stands before every word of the file, or nothing.
    private static String prefix(List<Sentence> sentences) {
        if (sentences.isEmpty()) return "";
        String word = sentences.getFirst().rows().getFirst()[0];
        String prefix = word.substring(0, word.indexOf(':') + 1);
        if (!LANGUAGE.matcher(prefix).matches()) return "";
        boolean everywhere = sentences.stream()
                .flatMap(sentence -> sentence.rows().stream())
                .allMatch(columns -> columns[0].startsWith(prefix));
        return everywhere ? prefix : "";
    }
}
