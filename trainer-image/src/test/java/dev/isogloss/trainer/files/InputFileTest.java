package dev.isogloss.trainer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file is read where it lies, whatever takes its place meanwhile, and no more of it than a bound.
class InputFileTest {
    @TempDir
    Path folder;

    private Path claim;
    private Path outside;

    @BeforeEach
    void aClaimAndWhatIsBesideIt() throws IOException {
        claim = Files.createDirectories(folder.resolve("claim"));
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(claim.resolve("de"));
        Files.writeString(claim.resolve("de/train.tsv"), "text");
        Files.writeString(outside.resolve("train.tsv"), "hush");
    }

    private InputFile file() {
        return new InputFile(claim.resolve("de/train.tsv"), claim);
    }

    private static String content(InputFile file) throws IOException {
        try (InputStream in = file.stream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_file_that_became_a_link_after_it_was_looked_at_is_refused() throws IOException {
        InputFile looked = file().checked();
        Files.delete(looked.path());
        Files.createSymbolicLink(looked.path(), outside.resolve("train.tsv"));

        assertThatThrownBy(looked::open)
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("leads out of the volume claim");
        assertThatThrownBy(looked::sha256).isInstanceOf(InvalidInput.class);
    }

    @Test
    void so_is_one_whose_folder_became_a_link() throws IOException {
        InputFile looked = file().checked();
        Files.move(claim.resolve("de"), claim.resolve("fr"));
        Files.createSymbolicLink(claim.resolve("de"), outside);

        assertThatThrownBy(looked::open).isInstanceOf(InvalidInput.class);
    }

    /// As between the moment at which it is known where a path leads, and that at which it is opened.
    @Test
    void no_link_is_followed_on_the_way_to_a_file() throws IOException {
        Files.createSymbolicLink(claim.resolve("linked"), outside);
        Files.createSymbolicLink(claim.resolve("de/linked.tsv"), outside.resolve("train.tsv"));

        for (String path : new String[] {"linked/train.tsv", "de/linked.tsv"})
            assertThatThrownBy(() -> WithoutLinks.open(claim, Path.of(path)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining(path + " became a link while it was opened");
        assertThatThrownBy(() -> WithoutLinks.names(claim, Path.of("linked"))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void however_often_file_and_link_take_turns_only_the_file_is_read() throws Exception {
        Path file = file().path();
        AtomicBoolean ended = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; !ended.get(); i++) {
                    Path beside = claim.resolve("de/next");
                    if (i % 2 == 0) Files.createSymbolicLink(beside, outside.resolve("train.tsv"));
                    else Files.writeString(beside, "text");
                    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 3000; i++)
            try {
                assertThat(content(file().checked())).isNotEqualTo("hush");
                read++;
            } catch (InvalidInput e) {
                refused++;
            }
        ended.set(true);
        swapper.join();
        assertThat(read + refused).isEqualTo(3000);
    }

    @Test
    void links_inside_a_claim_lead_to_its_files() throws IOException {
        Files.createSymbolicLink(claim.resolve("en"), Path.of("de"));
        Files.createSymbolicLink(claim.resolve("de/again.tsv"), Path.of("train.tsv"));
        Path mounted = Files.createSymbolicLink(folder.resolve("mounted"), claim);

        assertThat(content(new InputFile(mounted.resolve("en/again.tsv"), mounted)))
                .isEqualTo("text");
        assertThat(new InputFolder(mounted.resolve("en"), mounted).names()).containsExactly("again.tsv", "train.tsv");
    }

    @Test
    void a_pipe_is_refused_before_anything_waits_for_it() throws Exception {
        Path pipe = claim.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (InputFile file : new InputFile[] {InputFile.anywhere(pipe), new InputFile(pipe, claim)})
            assertThatThrownBy(file::open)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage(pipe + " is a pipe, a socket or a device, and a file is needed here.");
    }

    @Test
    void a_text_that_is_read_whole_has_a_bound() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), "{\"a\": 1}\n");

        assertThat(WholeText.of(InputFile.anywhere(file), 9)).isEqualTo("{\"a\": 1}\n");
        assertThatThrownBy(() -> WholeText.of(InputFile.anywhere(file), 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(file + " has 9 bytes")
                .hasMessageContaining("8 at most are read");
    }

    @Test
    void gzip_in_the_place_of_json_is_told_and_not_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[1 << 24]);
        }
        Path file = Files.write(folder.resolve("config.json"), packed.toByteArray());

        assertThatThrownBy(() -> WholeJson.of(InputFile.anywhere(file), 1 << 20))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(file + " is compressed with gzip")
                .hasMessageContaining("gunzip < config.json > NEW");
    }

    @Test
    void json_of_any_depth_or_length_is_refused_with_its_place() throws IOException {
        Path deep = Files.writeString(folder.resolve("deep.json"), "{\"a\":\n" + "[".repeat(100_000));
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"a\": 1,\n \"b\": nil}");
        Path array = Files.writeString(folder.resolve("array.json"), "[]");

        assertThatThrownBy(() -> WholeJson.of(InputFile.anywhere(deep), 1 << 20))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(deep + ": cannot be read as JSON")
                .hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> WholeJson.of(InputFile.anywhere(broken), 1 << 20))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(broken + ":2:");
        assertThatThrownBy(() -> WholeJson.of(InputFile.anywhere(array), 1 << 20))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(array + " is not a JSON object.");
    }
}
