package dev.isogloss.trainer.data;

import static dev.isogloss.trainer.data.WrittenFiles.bytes;
import static dev.isogloss.trainer.data.WrittenFiles.file;
import static dev.isogloss.trainer.data.WrittenFiles.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileKindTest {
    private static final String ROWS = "the apple is sweet\tgood\nthe lemon is sour\tbad\n";

    @TempDir
    Path folder;

    static Stream<Arguments> kinds() {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n";
        return Stream.of(
                Arguments.of(pointer, "is a pointer of Git LFS"),
                Arguments.of("\n <!DOCTYPE html>\n<html lang=\"en\">", "is a web page"),
                Arguments.of("<HTML><head>", "is a web page"),
                Arguments.of("PK\3\4\u0014\0\0\0", "is a zip archive"),
                Arguments.of("PAR1\u0015\0\u0015", "is a parquet file"),
                Arguments.of("ARROW1\0\0", "is a Feather (Arrow) file"),
                Arguments.of("BZh91AY&SY\u0001", "is compressed with bzip2"),
                Arguments.of("\u00fd7zXZ\0\0\4", "is compressed with xz"),
                Arguments.of("\u0028\u00b5\u002f\u00fd\0", "is compressed with Zstandard"),
                Arguments.of("%PDF-1.7\n", "is a PDF document"),
                Arguments.of("a.tsv" + "\0".repeat(252) + "ustar\0", "is a tar archive"),
                Arguments.of(ROWS.replace('\n', '\r'), "line ends of carriage returns (CR) alone"),
                Arguments.of(text(ROWS.getBytes(UTF_16LE)), "is UTF-16"),
                Arguments.of(text(ROWS.getBytes(UTF_16BE)), "is UTF-16"),
                Arguments.of("\u00ff\u00fe" + text(ROWS.getBytes(UTF_16LE)), "is UTF-16"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void what_is_no_text_is_refused_by_every_reader_compressed_or_not(String content, String what) throws IOException {
        byte[] bytes = content.getBytes(ISO_8859_1);
        Path data = bytes(folder, "a.tsv", bytes);
        Path compressed = bytes(folder, "b.tsv.gz", gzip(bytes));
        bytes(folder, "text/en.txt", bytes);
        bytes(folder, "pairs/en.tsv", bytes);

        assertRefused(() -> read(data, DataFormat.TabSeparated, TaskType.SequenceClassification), what);
        assertRefused(() -> read(compressed, DataFormat.JsonLines, TaskType.SequenceClassification), what);
        assertRefused(() -> read(data, DataFormat.WikiAnn, TaskType.NamedEntityRecognition), what);
        assertRefused(() -> corpus("text/{language}.txt", null), what);
        file(folder, "text/en.txt", "text\n");
        assertRefused(() -> corpus("text/{language}.txt", "pairs/{language}.tsv"), what);
        assertRefused(
                () -> TranslationReader.read(location("pairs/{language}.tsv"), List.of("en"), false, claims()), what);
    }

    @Test
    void text_of_every_kind_passes() {
        for (String text : List.of(
                "",
                "a",
                "a\r\n",
                "a\r",
                "a stray \r return\nin a text\n",
                "swe\0et\tgood\nthe\0 apple is sweet and the pear is sweet and the lemon is sour\tgood\n",
                "<doc id=\"1\" url=\"https://example.org\">\n",
                "version 2 is better\n",
                "PKW\n",
                "苹果是甜的\n"))
            assertThat(FileKind.of(text.getBytes(UTF_8))).as(text).isEmpty();
    }

    @Test
    void gzip_is_read_whatever_its_name_and_whatever_its_members() throws IOException {
        byte[] members = joined(gzip("one\ta\n".getBytes(UTF_8)), gzip(new byte[0]), gzip("two\tb\n".getBytes(UTF_8)));

        assertThat(texts(bytes(folder, "a.tsv", members))).containsExactly("one", "two");
        assertThat(texts(bytes(folder, "b.tsv.gz", joined(members, new byte[600]))))
                .containsExactly("one", "two");
    }

    @Test
    void gzip_that_is_cut_anywhere_or_goes_on_as_something_else_is_refused() throws IOException {
        byte[] first = gzip("one\ta\n".repeat(30_000).getBytes(UTF_8));
        byte[] second = gzip("two\tb\n".getBytes(UTF_8));
        byte[] whole = joined(first, second);

        for (int length = first.length + 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(() -> texts(bytes(folder, "a.tsv.gz", cut)), "is cut short: the gzip stream ends too early");
        }
        assertRefused(
                () -> texts(bytes(folder, "a.tsv.gz", joined(first, "two\tb\n".getBytes(UTF_8)))), "damaged gzip");
        whole[first.length + 12] ^= 0x55;
        assertRefused(() -> texts(bytes(folder, "a.tsv.gz", whole)), "is");
    }

    @Test
    void a_file_that_only_its_name_calls_gzip_says_what_it_is() {
        assertRefused(
                () -> texts(file(folder, "a.tsv.gz", "<!doctype html><title>Sign in</title>")),
                "a.tsv.gz ends in .gz but is no gzip file: it is a web page");
        assertRefused(
                () -> texts(file(folder, "a.tsv.gz", ROWS)),
                "no gzip file: it begins with \"the apple is sweet\\u0009");
        assertRefused(() -> texts(file(folder, "a.tsv.gz", "")), "is cut short");
    }

    @Test
    void a_byte_order_mark_where_files_were_joined_is_skipped() {
        assertThat(texts(file(folder, "a.tsv", "\ufeffone\ta\n\ufefftwo\tb\n"))).containsExactly("one", "two");
        assertThat(read(
                                file(folder, "a.jsonl", "\ufeff{\"text\": \"one\"}\n\ufeff{\"text\": \"two\"}\n"),
                                DataFormat.JsonLines,
                                TaskType.SequenceClassification)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void bytes_of_windows_1252_are_refused_with_advice_that_keeps_them() {
        byte[] curly = "it\u0092s sweet\tgood\n".getBytes(ISO_8859_1);

        assertRefused(() -> texts(bytes(folder, "a.tsv", curly)), "line 1 holds byte 0x92");
        assertRefused(() -> texts(bytes(folder, "a.tsv", curly)), "iconv -f WINDOWS-1252 -t UTF-8 a.tsv > NEW");
    }

    private static void assertRefused(Runnable reading, String what) {
        assertThatThrownBy(reading::run).isInstanceOf(InvalidInput.class).hasMessageContaining(what);
    }

    private List<String> texts(Path file) {
        return read(file, DataFormat.TabSeparated, TaskType.SequenceClassification).examples().stream()
                .map(Example::wholeText)
                .toList();
    }

    private void corpus(String texts, String pairs) {
        new CorpusReader(claims()).read(location(texts), pairs == null ? null : location(pairs), List.of("en"));
    }

    private ClaimFolders claims() {
        return ClaimFolders.withLinks(Map.of("c", folder));
    }

    private static Location location(String path) {
        return new Location(null, "c", path, null);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) bytes.writeBytes(part);
        return bytes.toByteArray();
    }
}
