package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.files.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
    @TempDir
    Path folder;

    @Test
    void line_ends_of_windows_and_a_byte_order_mark_do_not_matter() {
        Path file = file(folder, "a.tsv", "\ufeffeins\tgut\r\nzwei\tgut\r\n");

        assertThat(read(file, TabSeparated, SequenceClassification).examples())
                .containsExactly(new TextExample("1", "eins", null, "gut"), new TextExample("2", "zwei", null, "gut"));
    }

    @Test
    void latin_1_is_refused_with_line_and_byte() {
        Path file = bytes(folder, "a.tsv", "eins\tgut\nzw\u00f6lf\tgut\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> read(file, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        file
                                + ", line 2 holds byte 0xF6, which is not UTF-8 (byte 3 of the line, byte 12 of the file). "
                                + "If the file is Latin-1 or Windows-1252, convert it: iconv -f WINDOWS-1252 -t UTF-8 a.tsv > NEW");
    }

    @Test
    void utf_16_is_refused_by_its_mark() {
        Path file = bytes(folder, "a.tsv", "eins\tgut\n".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> read(file, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is UTF-16");
    }

    @Test
    void a_true_replacement_character_is_text_like_any_other() {
        Path file = file(folder, "a.tsv", "a\ufffdb\tgut\n");

        assertThat(read(file, TabSeparated, SequenceClassification).examples())
                .containsExactly(new TextExample("1", "a\ufffdb", null, "gut"));
    }

    @Test
    void a_line_of_a_megabyte_is_a_line() {
        String text = "w\u00f6rter ".repeat(150_000).strip();
        Path file = file(folder, "a.jsonl", "{\"text\": \"" + text + "\", \"label\": \"x\"}\n{\"text\": \"b\"}");

        assertThat(read(file, JsonLines, SequenceClassification).examples())
                .extracting(Example::wholeText)
                .containsExactly(text, "b");
    }

    @Test
    void a_sentence_of_20_000_words_is_a_sentence() {
        Path file = file(folder, "a.tsv", "wort\tO\n".repeat(20_000));

        assertThat(((TaggedExample) read(file, WikiAnn, NamedEntityRecognition)
                                .examples()
                                .getFirst())
                        .words())
                .hasSize(20_000);
    }

    @Test
    void empty_texts_are_kept_and_counted() {
        Path file =
                file(folder, "a.jsonl", "{\"text\": \"\", \"label\": \"x\"}\n{\"text\": \" \", \"label\": \"x\"}\n");

        Split split = read(file, JsonLines, SequenceClassification);

        assertThat(split.size()).isEqualTo(2);
        assertThat(split.notes()).containsExactly("2 × empty text (first on line 1)");
    }

    @Test
    void json_that_does_not_parse_is_named_by_file_line_and_column() {
        Path file = file(folder, "a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\", label}\n");

        assertThatThrownBy(() -> read(file, JsonLines, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageMatching("(?s).*a\\.jsonl:2:1\\d: this line is not JSON: .*");
    }

    @Test
    void a_line_that_is_json_but_no_object_is_refused() {
        Path file = file(folder, "a.jsonl", "[1, 2]\n");

        assertThatThrownBy(() -> read(file, JsonLines, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 holds an array, and a JSON object");
    }

    @Test
    void a_missing_field_names_the_nearest() {
        Path file = file(folder, "a.jsonl", "{\"txt\": \"a\", \"label\": \"x\"}\n");

        assertThatThrownBy(() -> read(file, JsonLines, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(file + ", line 1 has no field \"text\"; did you mean \"txt\"? Its fields are [txt, label]. "
                        + "Name the right one under data.fields.");
    }

    @Test
    void a_misspelt_label_field_is_not_taken_for_unlabelled() {
        Path file = file(folder, "a.jsonl", "{\"text\": \"a\", \"labels\": \"x\"}\n");

        assertThatThrownBy(() -> read(file, JsonLines, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no field \"label\"; did you mean \"labels\"?");
    }

    @Test
    void an_empty_split_is_refused() {
        Path file = file(folder, "a.jsonl", "\n\n");

        assertThatThrownBy(() -> read(file, JsonLines, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(file + " holds no examples: split \"dev\" of language \"en\" is empty.");
    }

    @Test
    void a_row_with_too_few_columns_is_named() {
        Path file = file(folder, "a.tsv", "A\tB\t1\nA\tB\n");

        assertThatThrownBy(() -> read(file, PawsX, SequencePairClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 2 has 2 columns between tabs, and the label is expected in column 3");
    }

    @Test
    void a_missing_file_says_what_was_looked_for_and_what_is_there() {
        file(folder, "de/train.jsonl", "{}");
        file(folder, "de/test.jsonl", "{}");
        var files = new DataFiles(
                dataset(JsonLines),
                new Location(null, "datasets", "{language}/{split}.jsonl", null),
                ClaimFolders.withLinks(Map.of("datasets", folder)));

        assertThatThrownBy(() -> files.file("de", "dev"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("There is no file " + folder.resolve("de/dev.jsonl"))
                .hasMessageContaining("split \"dev\" of language \"de\"")
                .hasMessageContaining("de holds test.jsonl, train.jsonl.");
    }

    @Test
    void a_claim_that_stands_for_no_folder_is_refused() {
        var files = new DataFiles(
                dataset(JsonLines),
                new Location(null, "datasets", "{language}/{split}.jsonl", null),
                ClaimFolders.withLinks(Map.of("dataset", folder)));

        assertThatThrownBy(() -> files.file("de", "dev"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Dataset toys lies in claim \"datasets\", which stands for no folder here (known: dataset). "
                                + "Write --claim datasets=FOLDER.");
    }

    @Test
    void files_are_found_by_uri_by_another_split_and_by_a_languages_own_path() {
        Path en = file(folder, "sets/en/dev.tsv", "");
        Path de = file(folder, "sets/other/deutsch-dev.tsv", "");
        var identity = dataset(TabSeparated, null, Map.of("", Map.of("train", new SplitSource("dev", 1, 5))));
        var files = new DataFiles(
                identity,
                new Location("file://" + folder + "/sets/{language}/{split}.tsv", null, null, null),
                List.of(new LanguageFiles("de", "other/deutsch-{split}.tsv", null)),
                ClaimFolders.withLinks(Map.of()));

        assertThat(files.file("en", "train").path()).isEqualTo(en);
        assertThat(files.file("de", "dev").path()).isEqualTo(de);
        assertThat(files.name("en", "train")).isEqualTo("en/dev.tsv");
    }

    @Test
    void a_gzip_file_reads_like_its_content_and_keeps_its_own_hash() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write("eins\tgut\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = bytes(folder, "dev.tsv.gz", bytes.toByteArray());
        var files = new DataFiles(
                dataset(TabSeparated),
                new Location(folder + "/{split}.tsv", null, null, null),
                ClaimFolders.withLinks(Map.of()));

        Split split = read(files.file("en", "dev").path(), TabSeparated, SequenceClassification);

        assertThat(split.examples()).containsExactly(new TextExample("1", "eins", null, "gut"));
        assertThat(split.file().sha256()).isEqualTo(Sha256.of(file));
        assertThat(split.file().bytes()).isEqualTo(bytes.size());
    }

    @Test
    void a_gzip_file_that_is_cut_short_is_refused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write("eins\tgut\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        Path file = bytes(folder, "dev.tsv.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));

        assertThatThrownBy(() -> read(file, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is cut short");
    }

    @Test
    void the_hash_is_that_of_the_whole_file_even_if_reading_stops_early() throws Exception {
        Path file = file(folder, "a.tsv", "\ufeffa\tb\r\n".repeat(50_000));

        try (Lines lines = Lines.open(InputFile.anywhere(file), "a.tsv")) {
            lines.next();
            assertThat(lines.finish().sha256()).isEqualTo(Sha256.of(file));
        }
    }

    @Test
    void a_folder_in_place_of_a_file_is_refused() throws IOException {
        Path file = Files.createDirectory(folder.resolve("a.tsv"));

        assertThatThrownBy(() -> read(file, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is a folder");
    }
}
