package dev.isogloss.trainer.data;

import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    @TempDir
    Path folder;

    @Test
    void texts_are_read_by_language_and_glob_in_order() {
        file(folder, "de/b.txt", "zwei\n");
        file(folder, "de/a.txt", "eins\n\n  \n");
        file(folder, "en/c.jsonl", "{\"text\": \"three\"}\n");

        CorpusTexts corpus = new CorpusReader(ClaimFolders.withLinks(Map.of("c", folder)))
                .read(new Location(null, "c", "{language}/*", null), null, List.of("de", "en"));

        assertThat(corpus.texts()).isEqualTo(Map.of("de", List.of("eins", "zwei"), "en", List.of("three")));
        assertThat(corpus.files()).extracting(SourceFile::name).containsExactly("de/a.txt", "de/b.txt", "en/c.jsonl");
    }

    @Test
    void pairs_are_json_lines_or_two_columns_and_a_language_may_have_none() {
        file(folder, "text/en.txt", "x\n");
        file(folder, "text/de.txt", "x\n");
        file(folder, "text/fr.txt", "x\n");
        file(folder, "pairs/de.jsonl", "{\"source\": \"one\", \"target\": \"eins\"}\n");
        file(folder, "pairs/fr.tsv", "one\tun\n");

        CorpusTexts corpus = new CorpusReader(ClaimFolders.withLinks(Map.of("c", folder)))
                .read(
                        new Location(null, "c", "text/{language}.txt", null),
                        new Location(null, "c", "pairs/{language}.*", null),
                        List.of("en", "de", "fr"));

        assertThat(corpus.pairs())
                .isEqualTo(Map.of(
                        "de", List.of(new TextPair("de", "one", "eins")),
                        "fr", List.of(new TextPair("fr", "one", "un"))));
    }

    @Test
    void a_language_without_text_is_refused_and_the_folder_shown() {
        file(folder, "text/en.txt", "x\n");

        assertThatThrownBy(() -> new CorpusReader(ClaimFolders.withLinks(Map.of("c", folder)))
                        .read(new Location(null, "c", "text/{language}.txt", null), null, List.of("en", "de")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Language \"de\" has no text")
                .hasMessageContaining("holds en.txt");
    }

    @Test
    void pairs_that_no_language_has_are_refused() {
        file(folder, "en.txt", "x\n");

        assertThatThrownBy(() -> new CorpusReader(ClaimFolders.withLinks(Map.of("c", folder)))
                        .read(
                                new Location(null, "c", "{language}.txt", null),
                                new Location(null, "c", "{language}.tsv", null),
                                List.of("en")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has translation pairs");
    }
}
