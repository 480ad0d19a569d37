package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// CoNLL-U: syntactic words only (multi-word ranges and empty nodes are skipped), universal part of speech, head and
/// relation. A file whose every part of speech is `_` has no labels.
final class ConllUFormat implements DataFormatReader {
    private static final String SENTENCE_ID = "# sent_id = ";
    private static final Pattern RANGE_OR_EMPTY = Pattern.compile("\\d+(-\\d+|\\.\\d+)");

    private final boolean trees;

    ConllUFormat(boolean trees) {
        this.trees = trees;
    }

    /// The sentence that is being read.
    private static final class Sentence {
        String id = "";
        long line;
        long untagged;
        final List<String> words = new ArrayList<>();
        final List<String> tags = new ArrayList<>();
        final List<Integer> heads = new ArrayList<>();
        final List<String> relations = new ArrayList<>();
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        Sentence sentence = new Sentence();
        Untagged untagged = new Untagged();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                finish(sentence, untagged, lines, rows);
                sentence = new Sentence();
            } else if (line.startsWith("#")) {
                if (line.startsWith(SENTENCE_ID))
                    sentence.id = line.substring(SENTENCE_ID.length()).strip();
            } else {
                if (sentence.words.isEmpty()) sentence.line = lines.number();
                word(line, sentence, lines, rows);
            }
        }
        finish(sentence, untagged, lines, rows);
    }

    private void word(String line, Sentence sentence, Lines lines, ExampleSink rows) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 10)
            throw new InvalidInput(
                    "%s has %d column%s between tabs; CoNLL-U has 10 (ID FORM LEMMA UPOS XPOS FEATS HEAD ..)."
                            .formatted(lines.place(), columns.length, columns.length == 1 ? "" : "s"));
        if (isNoWord(columns[0])) return;
        requireNext(columns[0], sentence.words.size() + 1, lines);
        sentence.words.add(columns[1]);
        if (!Tags.isMissing(columns[3])) sentence.tags.add(rows.trimmed(columns[3], lines.number()));
        else if (sentence.untagged == 0) sentence.untagged = lines.number();
        if (!trees) return;
        try {
            sentence.heads.add(Integer.parseInt(columns[6]));
        } catch (NumberFormatException e) {
            throw new InvalidInput(
                    "%s: \"%s\" is no head (column 7); heads are word numbers, 0 for the root."
                            .formatted(lines.place(), Excerpt.of(columns[6])),
                    e);
        }
        sentence.relations.add(rows.trimmed(columns[7], lines.number()));
    }

    private static boolean isNoWord(String id) {
        return (id.indexOf('-') >= 0 || id.indexOf('.') >= 0)
                && RANGE_OR_EMPTY.matcher(id).matches();
    }

    /// Words are counted from 1 in each sentence: whatever else stands there, words were lost or sentences joined.
    private static void requireNext(String id, int expected, Lines lines) {
        if (id.equals(Integer.toString(expected))) return;
        if (id.equals("1"))
            throw new InvalidInput(
                    "%s begins to count words again, in the middle of a sentence of %d. Put an empty line between the sentences, before their comments."
                            .formatted(lines.place(), expected - 1));
        throw new InvalidInput(
                "%s has the ID \"%s\" (column 1), and word %d of its sentence is expected: words are counted from 1, ranges are written 3-4 and empty nodes 5.1."
                        .formatted(lines.place(), Excerpt.of(id), expected));
    }

    /// The first places with tags and without: a file has them everywhere or nowhere.
    private static final class Untagged {
        long with;
        long without;

        void check(Sentence sentence, Lines lines) {
            if (!sentence.tags.isEmpty() && with == 0) with = sentence.line;
            if (sentence.untagged > 0 && without == 0) without = sentence.untagged;
            if (with > 0 && without > 0)
                throw new InvalidInput(
                        "%s, line %d has no universal part of speech (column 4), and others have one (sentence at line %d). Write it, or _ for all words of the file."
                                .formatted(lines.path(), without, with));
        }
    }

    private void finish(Sentence sentence, Untagged untagged, Lines lines, ExampleSink rows) {
        if (sentence.words.isEmpty()) return;
        untagged.check(sentence, lines);
        String id = sentence.id.isEmpty() ? Long.toString(sentence.line) : sentence.id;
        for (int head : sentence.heads)
            if (head < 0 || head > sentence.words.size())
                throw new InvalidInput("%s, sentence at line %d: head %d does not exist; the sentence has %d words."
                        .formatted(lines.path(), sentence.line, head, sentence.words.size()));
        if (trees) requireRooted(sentence, lines);
        rows.add(
                trees
                        ? tree(id, sentence, lines)
                        : new TaggedExample(id, sentence.words, sentence.tags.isEmpty() ? null : sentence.tags),
                sentence.line);
    }

    /// Every word's heads lead to the root; in a sentence without one they lead round.
    private static void requireRooted(Sentence sentence, Lines lines) {
        boolean[] rooted = new boolean[sentence.heads.size() + 1];
        rooted[0] = true;
        for (int start = 1; start < rooted.length; start++) {
            List<Integer> way = new ArrayList<>();
            int word = start;
            while (!rooted[word] && way.size() < rooted.length) {
                way.add(word);
                word = sentence.heads.get(word - 1);
            }
            if (!rooted[word])
                throw new InvalidInput(
                        "%s, sentence at line %d: the heads of word %d (\"%s\") lead back to it and not to the root. Correct them in column 7; the root's head is 0."
                                .formatted(
                                        lines.path(), sentence.line, word, Excerpt.of(sentence.words.get(word - 1))));
            way.forEach(passed -> rooted[passed] = true);
        }
    }

    private static ParsedExample tree(String id, Sentence sentence, Lines lines) {
        if (sentence.tags.isEmpty())
            throw new InvalidInput("%s, line %d has no universal part of speech (column 4) for \"%s\"."
                    .formatted(lines.path(), sentence.untagged, Excerpt.of(sentence.words.getFirst())));
        return new ParsedExample(id, sentence.words, sentence.tags, sentence.heads, sentence.relations);
    }
}
