package dev.isogloss.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_file_that_fails_half_way_leaves_the_old_one_and_nothing_else() throws IOException {
        Path file = folder.resolve("curve.jsonl");
        AtomicFiles.write(file, "old");

        assertThatThrownBy(() -> AtomicFiles.file(file, beside -> {
                    Files.writeString(beside, "half of the ne");
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryContaining("glob:**curve.jsonl");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void a_folder_replaces_the_one_before_it_as_a_whole() throws IOException {
        Path model = folder.resolve("model");
        AtomicFiles.folder(model, path -> Files.writeString(path.resolve("old"), "1"));

        AtomicFiles.folder(model, path -> Files.writeString(path.resolve("new"), "2"));

        assertThat(model.toFile().list()).containsExactly("new");
        assertThat(folder.toFile().list()).containsExactly("model");
    }

    @Test
    void two_writers_of_one_folder_leave_one_whole_folder() throws IOException {
        Path model = folder.resolve("model");

        IntStream.range(0, 40).parallel().forEach(i -> write(model, i));

        assertThat(model.resolve("a")).hasSameTextualContentAs(model.resolve("b"));
    }

    private static void write(Path model, int i) {
        try {
            AtomicFiles.folder(model, path -> {
                Files.writeString(path.resolve("a"), "writer " + i);
                Files.writeString(path.resolve("b"), "writer " + i);
            });
        } catch (IOException lost) {
            // A loser of the race may say so; what stands must be whole.
        }
    }
}
