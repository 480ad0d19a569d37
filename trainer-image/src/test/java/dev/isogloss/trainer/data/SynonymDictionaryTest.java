package dev.isogloss.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.files.InputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynonymDictionaryTest {
    @TempDir
    Path folder;

    private SynonymDictionary read(String text) throws IOException {
        Path file = folder.resolve("words.json");
        Files.writeString(file, text);
        return SynonymDictionary.read(InputFile.anywhere(file));
    }

    @Test
    void words_have_their_neighbours_in_the_files_order_or_none() throws IOException {
        SynonymDictionary read = read("{\"big\": [\"large\", \"great\"],\n \"br\": [],\n \"Ölfilm\": [\"\u96ea\"]}\n");

        assertThat(read.neighbours().keySet()).containsExactly("big", "br", "Ölfilm");
        assertThat(read.neighbours().get("big")).containsExactly("large", "great");
        assertThat(read.neighbours().get("br")).isEmpty();
        assertThat(read.neighbours().get("Ölfilm")).isEqualTo(List.of("\u96ea"));
        assertThat(read("{}").neighbours()).isEmpty();
    }

    @Test
    void a_packed_file_is_read_as_the_plain_one() throws IOException {
        Path file = folder.resolve("words.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"big\": [\"large\"]}".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(SynonymDictionary.read(InputFile.anywhere(file)).neighbours())
                .containsEntry("big", List.of("large"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"big\"]|1:1: the file holds a list. A dictionary is one JSON object with a list of words for each word:",
                "\"big\"|1:1: the file holds the text \"big\". A dictionary is",
                "{\"big\": \"large\"}|1:9: the word \"big\" has the text \"large\". A dictionary is",
                "{\"big\": null}|1:9: the word \"big\" has null. A dictionary is",
                "{\"big\": {\"large\": 1}}|1:9: the word \"big\" has an object. A dictionary is",
                "{\"big\": [\"large\", null]}|1:19: a neighbour of the word \"big\" is null. A dictionary is",
                "{\"big\": [3]}|1:10: a neighbour of the word \"big\" is 3. A dictionary is",
                "{\"big\": [\" \"]}|1:10: a neighbour of the word \"big\" is the text",
                "{\"big\": [[\"large\"]]}|1:10: a neighbour of the word \"big\" is a list. A dictionary is",
                "{\"big\": []} {\"film\": []}|1:13: behind the object stands an object. A dictionary is",
            })
    void anything_else_is_refused_with_its_place(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("words.json:" + message);
    }

    @Test
    void a_word_that_occurs_twice_is_refused_and_so_is_what_is_no_json() {
        assertThatThrownBy(() -> read("{\"big\": [\"large\"],\n \"big\": [\"great\"]}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("words.json:2:")
                .hasMessageEndingWith("a word occurs twice: put its neighbours into one list.");
        for (String text : List.of("{\"big\": [\"large\"", "big: large", "{'big': ['large']}", "", "{\"big\": [NaN]}"))
            assertThatThrownBy(() -> read(text), text)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("words.json:");
    }
}
