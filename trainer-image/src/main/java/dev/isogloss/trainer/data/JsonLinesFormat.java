package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.Suggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON lines, an object each. The fields' names are the manifest's; for tagging, text and label are arrays of
/// strings of one length.
final class JsonLinesFormat implements DataFormatReader {
    private final Fields fields;
    private final TaskType task;
    private final String language;

    /// @param language the one asked for
    JsonLinesFormat(Fields fields, TaskType task, String language) {
        this.fields = fields;
        this.task = task;
        this.language = language;
    }

    @Override
    public void read(Lines lines, ExampleSink rows) {
        SpokenLanguages languages = new SpokenLanguages(language);
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) continue;
            JsonRow row = JsonRow.of(line, lines, JsonRow.NAMED);
            languages.check(row);
            rows.add(example(row, rows), lines.number());
        }
    }

    private Example example(JsonRow row, ExampleSink rows) {
        long line = row.lines().number();
        String id = row.id(fields.id());
        return switch (task) {
            case SequenceClassification -> {
                String text = text(row, fields.text());
                if (text.isBlank()) rows.remark("empty text", line);
                yield new TextExample(id, text, null, rows.label(label(row), line));
            }
            case SequencePairClassification -> {
                String second = fields.secondText() != null ? fields.secondText() : "text2";
                String a = text(row, fields.text());
                String b = text(row, second);
                if (a.isBlank() || b.isBlank()) rows.remark("empty text", line);
                yield new TextExample(id, a, b, rows.label(label(row), line));
            }
            case NamedEntityRecognition, PartOfSpeechTagging -> tagged(row, id, rows);
            case DependencyParsing -> throw new IllegalStateException("no trees in JSON lines");
        };
    }

    private TaggedExample tagged(JsonRow row, String id, ExampleSink rows) {
        List<String> words = row.words(fields.text());
        if (words.isEmpty()) rows.remark("sentence without words", row.lines().number());
        requireNoSlip(row);
        List<String> tags = row.tags(fields.label());
        if (tags == null) return new TaggedExample(id, words, null);
        String place = row.lines().place();
        if (tags.size() != words.size())
            throw new InvalidInput("%s has %d words in \"%s\" and %d tags in \"%s\"; there must be one tag a word."
                    .formatted(place, words.size(), fields.text(), tags.size(), fields.label()));
        return new TaggedExample(
                id, words, Tags.checked(tags, task, place, rows, row.lines().number()));
    }

    private static String text(JsonRow row, String name) {
        String text = row.textOrNull(name);
        return text == null ? "" : text;
    }

    private @Nullable String label(JsonRow row) {
        requireNoSlip(row);
        return row.label(fields.label());
    }

    /// A field of nearly the label's name is taken for a slip, and not for an example without a label.
    private void requireNoSlip(JsonRow row) {
        if (row.has(fields.label())) return;
        Suggestion.within(2, fields.label(), row.names()).ifPresent(near -> {
            if (!near.equals(fields.text()) && !near.equals(fields.secondText()) && !near.equals(fields.id()))
                throw row.missing(fields.label());
        });
    }
}
