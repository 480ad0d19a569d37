package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/// CoNLL-U: syntactic words only (multi-word ranges and empty nodes are skipped), universal part of speech, head and
/// relation.
final class ConllUFormat implements DataFormatReader {
    private static final String SENTENCE_ID = "# sent_id = ";

    private final boolean trees;

    ConllUFormat(boolean trees) {
        this.trees = trees;
    }

    /// The sentence that is being read.
    private static final class Sentence {
        String id = "";
        long line;
        final List<String> words = new ArrayList<>();
        final List<String> tags = new ArrayList<>();
        final List<Integer> heads = new ArrayList<>();
        final List<String> relations = new ArrayList<>();
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        Sentence sentence = new Sentence();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                finish(sentence, lines, rows);
                sentence = new Sentence();
            } else if (line.startsWith("#")) {
                if (line.startsWith(SENTENCE_ID))
                    sentence.id = line.substring(SENTENCE_ID.length()).strip();
            } else {
                if (sentence.words.isEmpty()) sentence.line = lines.number();
                word(line, sentence, lines);
            }
        }
        finish(sentence, lines, rows);
    }

    private void word(String line, Sentence sentence, Lines lines) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 10)
            throw new InvalidInput(
                    "%s has %d columns between tabs; CoNLL-U has 10 (ID FORM LEMMA UPOS XPOS FEATS HEAD ..)."
                            .formatted(lines.place(), columns.length));
        if (columns[0].indexOf('-') >= 0 || columns[0].indexOf('.') >= 0) return;
        sentence.words.add(columns[1]);
        sentence.tags.add(columns[3]);
        if (columns[3].equals("_") || columns[3].isEmpty())
            throw new InvalidInput("%s has no universal part of speech (column 4) for \"%s\"."
                    .formatted(lines.place(), Excerpt.of(columns[1])));
        if (!trees) return;
        try {
            sentence.heads.add(Integer.parseInt(columns[6]));
        } catch (NumberFormatException e) {
            throw new InvalidInput(
                    "%s: \"%s\" is no head (column 7); heads are word numbers, 0 for the root."
                            .formatted(lines.place(), Excerpt.of(columns[6])),
                    e);
        }
        sentence.relations.add(columns[7]);
    }

    private void finish(Sentence sentence, Lines lines, ExampleSink rows) {
        if (sentence.words.isEmpty()) return;
        String id = sentence.id.isEmpty() ? Long.toString(sentence.line) : sentence.id;
        for (int head : sentence.heads)
            if (head < 0 || head > sentence.words.size())
                throw new InvalidInput("%s, sentence at line %d: head %d does not exist; the sentence has %d words."
                        .formatted(lines.path(), sentence.line, head, sentence.words.size()));
        rows.add(
                trees
                        ? new ParsedExample(id, sentence.words, sentence.tags, sentence.heads, sentence.relations)
                        : new TaggedExample(id, sentence.words, sentence.tags),
                sentence.line);
    }
}
