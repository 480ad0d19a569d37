package dev.isogloss.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.files.InputFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines that have no end: a few kilobytes of gzip may be gigabytes.
class LongLinesTest {
    @TempDir
    Path folder;

    /// A first line, then one of so many letters.
    private Path file(String name, String begin, long letters) throws IOException {
        Path file = folder.resolve(name);
        byte[] piece = new byte[1 << 16];
        Arrays.fill(piece, (byte) 'a');
        try (OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file));
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(begin.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (long left = letters; left > 0; left -= piece.length)
                out.write(piece, 0, (int) Math.min(left, piece.length));
        }
        return file;
    }

    private static InvalidInput refusal(Path file) {
        return (InvalidInput) org.assertj.core.api.Assertions.catchThrowable(() -> {
            try (Lines lines = Lines.open(InputFile.anywhere(file), "x")) {
                while (lines.next() != null) {}
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"long.txt", "long.txt.gz"})
    void a_line_without_an_end_is_refused_plain_or_packed(String name) throws IOException {
        Path file = file(name, "one\n", 20_000_000);

        assertThat(refusal(file))
                .hasMessage(
                        "%s, line 2 is longer than 16,777,216 bytes, and no line may be: its line ends are missing. Write one text or example a line.",
                        file);
    }

    @Test
    void a_gigabyte_in_a_megabyte_is_no_more_than_the_longest_line() throws IOException {
        byte[] member = Files.readAllBytes(file("member.gz", "", 20_000_000));
        Path bomb = folder.resolve("bomb.txt.gz");
        try (OutputStream out = Files.newOutputStream(bomb)) {
            for (int i = 0; i < 50; i++) out.write(member);
        }

        assertThat(refusal(bomb)).hasMessageStartingWith(bomb + ", line 1 is longer than 16,777,216 bytes");
    }

    @Test
    void an_array_on_one_line_is_told_how_to_become_lines() throws IOException {
        assertThat(refusal(file("a.jsonl", "[{\"text\": \"", 20_000_000)))
                .hasMessageEndingWith("jq -c '.[]' FILE > NEW");
    }

    @Test
    void the_longest_line_is_read() throws IOException {
        Path file = file("most.txt.gz", "", Lines.LONGEST);

        try (Lines lines = Lines.open(InputFile.anywhere(file), "x")) {
            assertThat(lines.next()).hasSize(Lines.LONGEST);
        }
    }

    @Test
    void every_reader_has_the_bound() throws IOException {
        file("en.txt.gz", "", 20_000_000);
        Location location = new Location(null, "c", "{language}.txt", null);
        ClaimFolders claims = ClaimFolders.withLinks(Map.of("c", folder));

        assertThatThrownBy(() -> new CorpusReader(claims).read(location, null, List.of("en")))
                .hasMessageContaining("line 1 is longer than 16,777,216 bytes");
        assertThatThrownBy(() -> TranslationReader.read(location, List.of("en"), false, claims))
                .hasMessageContaining("line 1 is longer than 16,777,216 bytes");
    }

    @Test
    void a_quotation_that_nothing_closes_does_not_take_the_rest_of_the_file() throws IOException {
        Path file = folder.resolve("reviews.csv.gz");
        byte[] lines = "aaaaaaaaaaaaaaa\n".repeat(1 << 12).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("index,text,stars\n1,\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (int i = 0; i < 300; i++) out.write(lines);
        }

        assertThatThrownBy(() -> WrittenFiles.read(file, DataFormat.Marc, TaskType.SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        file
                                + ", line 2 opens a quotation mark that nothing closes within 16,777,216 characters. Close it, or write a mark inside a text twice.");
    }
}
