package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The lines of a file with a word and its tag on each, by sentence. All have as many columns, so that none is read as
/// another: a line that has not is a comment or a mistake.
///
/// @param width columns of each line
record TaggedLines(List<Sentence> sentences, int width) {
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    /// @param text its lines
    /// @param line the number of the first one
    /// @param tabs whether only tabs part columns
    record Sentence(String text, long line, boolean tabs) {

        /// The columns of each line. They are taken apart at each call, since lines take a tenth of their memory.
        List<String[]> rows() {
            return Arrays.stream(text.split("\n", -1))
                    .map(row -> columns(row, tabs))
                    .toList();
        }

        Sentence from(int row) {
            return new Sentence(
                    String.join("\n", List.of(text.split("\n", -1)).subList(row, size())), line + row, tabs);
        }

        int size() {
            return 1 + (int) text.chars().filter(letter -> letter == '\n').count();
        }
    }

    /// @param tabs whether only tabs part columns
    static TaggedLines read(Lines lines, boolean tabs, ExampleSink sink) {
        List<Sentence> sentences = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        Map<Integer, Integer> widths = new TreeMap<>();
        int width = 0;
        int run = 0;
        long start = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (separates(line)) {
                if (!open.isEmpty()) sentences.add(new Sentence(open.toString(), start, tabs));
                open.setLength(0);
                continue;
            }
            if (open.isEmpty()) start = lines.number();
            if (open.isEmpty() && sentences.isEmpty()) JsonRow.requireNone(line, lines);
            int columns = columns(line, tabs).length;
            if (columns != width) {
                widths.merge(width, run, Integer::sum);
                width = columns;
                run = 0;
            }
            run++;
            open.append(open.isEmpty() ? "" : "\n").append(line);
        }
        widths.merge(width, run, Integer::sum);
        if (!open.isEmpty()) sentences.add(new Sentence(open.toString(), start, tabs));
        TaggedLines read = new TaggedLines(sentences, mostCommon(widths));
        read.requireNoHeader(lines);
        if (widths.size() <= 2) return read;
        TaggedLines words = read.withoutComments(sink);
        words.requireNoHeader(lines);
        return words.withOneWidth(lines, tabs);
    }

    private static String[] columns(String line, boolean tabs) {
        return tabs || line.indexOf('\t') >= 0 ? line.split("\t", -1) : BLANKS.split(stripped(line), -1);
    }

    /// A word of white space alone is a word where it has a tag; a line of blanks and tabs is none.
    private static boolean separates(String line) {
        if (line.isEmpty()) return true;
        if (line.charAt(0) > '-' && line.charAt(0) <= '~') return false;
        return line.startsWith("-DOCSTART-")
                || (line.indexOf('\t') < 0 ? line.isBlank() : stripped(line).isEmpty());
    }

    /// Without blanks and tabs around it: other white space may be a word.
    private static String stripped(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) from++;
        while (from < to && (line.charAt(to - 1) == ' ' || line.charAt(to - 1) == '\t')) to--;
        return line.substring(from, to);
    }

    private static int mostCommon(Map<Integer, Integer> widths) {
        int width = 0;
        int most = 0;
        for (Map.Entry<Integer, Integer> count : widths.entrySet())
            if (count.getValue() >= most) {
                width = count.getKey();
                most = count.getValue();
            }
        return width;
    }

    /// `# id 7` before a sentence, as some sets have it; `#` before a tag is a word like any other.
    private TaggedLines withoutComments(ExampleSink sink) {
        List<Sentence> left = new ArrayList<>(sentences.size());
        for (Sentence sentence : sentences) {
            int comments = 0;
            List<String[]> rows = sentence.rows();
            while (comments < rows.size() && isComment(rows.get(comments))) {
                sink.remark(
                        "comment passed over: it begins with # and has other columns than the words",
                        sentence.line() + comments++);
            }
            if (comments == 0) left.add(sentence);
            else if (comments < rows.size()) left.add(sentence.from(comments));
        }
        return new TaggedLines(left, width);
    }

    private boolean isComment(String[] columns) {
        return columns.length != width && (columns[0].startsWith("# ") || columns[0].equals("#") && columns.length > 1);
    }

    private void requireNoHeader(Lines lines) {
        if (sentences.isEmpty()) return;
        List<String> first = List.of(sentences.getFirst().rows().getFirst());
        if (ColumnNames.allOfWords(first))
            throw new InvalidInput("%s, line %d is a header %s, and files of words and tags have none. Remove the line."
                    .formatted(lines.path(), sentences.getFirst().line(), Excerpt.list(first)));
    }

    /// Without empty columns behind the others.
    private TaggedLines withOneWidth(Lines lines, boolean tabs) {
        List<Sentence> all = new ArrayList<>(sentences.size());
        for (Sentence sentence : sentences) {
            List<String[]> rows = sentence.rows();
            if (rows.stream().allMatch(columns -> columns.length == width)) {
                all.add(sentence);
                continue;
            }
            List<String> cut = new ArrayList<>(rows.size());
            for (int i = 0; i < rows.size(); i++) {
                String[] columns = rows.get(i);
                if (columns.length < width || columns.length > width && !onlyEmpty(columns, width))
                    throw otherWidth(columns, lines, sentence.line() + i, tabs);
                cut.add(String.join("\t", Arrays.asList(columns).subList(0, width)));
            }
            all.add(new Sentence(String.join("\n", cut), sentence.line(), true));
        }
        return new TaggedLines(all, width);
    }

    private static boolean onlyEmpty(String[] columns, int from) {
        return Arrays.stream(columns, from, columns.length).allMatch(String::isEmpty);
    }

    private InvalidInput otherWidth(String[] columns, Lines lines, long line, boolean tabs) {
        if (columns.length == 1)
            return new InvalidInput("%s, line %d has a word (\"%s\") without a tag; write word%stag."
                    .formatted(lines.path(), line, Excerpt.of(columns[0]), tabs ? "<TAB>" : " "));
        return new InvalidInput(
                "%s, line %d has %d columns %s, and other lines have %d. Tabs and blanks may be mixed in it, or a column may be missing."
                        .formatted(lines.path(), line, columns.length, Excerpt.list(List.of(columns)), width));
    }
}
