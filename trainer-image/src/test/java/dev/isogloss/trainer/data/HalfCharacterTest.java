package dev.isogloss.trainer.data;

import static dev.isogloss.trainer.data.WrittenFiles.file;
import static dev.isogloss.trainer.data.WrittenFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts that were cut in the middle of a character: whatever is read can be written again.
class HalfCharacterTest {
    private static final String HALF = "\\ud83d";

    @TempDir
    Path folder;

    @Test
    void ids_texts_and_labels_hold_a_replacement_for_it() {
        Path file = file(
                folder,
                "a.jsonl",
                "{\"id\": \"i%1$s\", \"text\": \"t%1$s\", \"label\": \"l%1$s\"}\n{\"text\": \"\\ud83d\\ude00\", \"label\": \"\\\\ud83d\"}\n"
                        .formatted(HALF));

        assertThat(read(file, DataFormat.JsonLines, TaskType.SequenceClassification)
                        .examples())
                .containsExactly(
                        new TextExample("i\ufffd", "t\ufffd", null, "l\ufffd"),
                        new TextExample("2", "😀", null, "\\ud83d"));
    }

    @Test
    void words_and_tags_do_as_well() {
        Path file = file(folder, "a.jsonl", "{\"text\": [\"w%1$s\"], \"label\": [\"X%1$s\"]}\n".formatted(HALF));

        assertThat(read(file, DataFormat.JsonLines, TaskType.PartOfSpeechTagging)
                        .examples())
                .containsExactly(new TaggedExample("1", List.of("w\ufffd"), List.of("X\ufffd")));
    }

    @Test
    void corpora_and_translations_do_as_well() {
        file(
                folder,
                "en.jsonl",
                "{\"text\": \"t%1$s\", \"source\": \"s%1$s\", \"target\": \"g%1$s\"}\n".formatted(HALF));
        Location location = new Location(null, "c", "{language}.jsonl", null);
        ClaimFolders claims = ClaimFolders.withLinks(Map.of("c", folder));

        CorpusTexts corpus = new CorpusReader(claims).read(location, location, List.of("en"));

        assertThat(corpus.texts().get("en")).containsExactly("t\ufffd");
        assertThat(corpus.pairs().get("en")).containsExactly(new TextPair("en", "s\ufffd", "g\ufffd"));
        assertThat(TranslationReader.read(location, List.of("en"), false, claims)
                        .translations()
                        .get("en"))
                .singleElement()
                .extracting(translation -> translation.target().text())
                .isEqualTo("g\ufffd");
    }
}
