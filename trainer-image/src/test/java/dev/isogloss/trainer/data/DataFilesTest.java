package dev.isogloss.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.trainer.files.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
    private static final Map<String, SplitSource> FIRST_FOUR = Map.of("train", new SplitSource("train", null, 4));

    @TempDir
    Path folder;

    @BeforeEach
    void tenTexts() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 10; i++)
            lines.append("{\"id\": \"x%d\", \"text\": \"text %d\", \"label\": \"a\"}%n".formatted(i, i));
        Files.createDirectories(folder.resolve("en"));
        Files.writeString(folder.resolve("en/train.jsonl"), lines);
    }

    private static DatasetIdentity identity(Map<String, SplitSource> own) {
        return new DatasetIdentity("toy", "1", DataFormat.JsonLines, null, Map.of("en", own), null);
    }

    private DataFiles files(Map<String, SplitSource> own) {
        return new DataFiles(
                identity(own),
                new Location(null, "data", "{language}/{split}.jsonl", null),
                List.of(new LanguageFiles("en", null, own)),
                ClaimFolders.withLinks(Map.of("data", folder)));
    }

    @Test
    void a_language_may_have_splits_of_its_own_in_the_same_place_as_all_others() {
        assertThat(files(FIRST_FOUR).file("en", "train").path()).isEqualTo(folder.resolve("en/train.jsonl"));
    }

    @Test
    void a_split_that_is_read_in_pieces_is_the_one_that_is_read_whole() {
        for (Map<String, SplitSource> own : List.of(
                FIRST_FOUR,
                Map.of("train", new SplitSource("train", 3, null)),
                Map.of("train", new SplitSource("train", 4, 9)),
                Map.<String, SplitSource>of())) {
            Path file = folder.resolve("en/train.jsonl");
            Split whole = DatasetReader.read(
                    identity(own), InputFile.anywhere(file), "en", "train", TaskType.SequenceClassification);
            for (int piece : new int[] {1, 2, 3, 10, 100}) {
                List<Example> read = new ArrayList<>();
                List<Integer> lines = new ArrayList<>();
                Split end = DatasetReader.stream(
                        identity(own),
                        InputFile.anywhere(file),
                        "train.jsonl",
                        "en",
                        "train",
                        TaskType.SequenceClassification,
                        piece,
                        part -> {
                            assertThat(part.size()).isBetween(1, piece);
                            read.addAll(part.examples());
                            lines.addAll(part.lines());
                        });

                assertThat(read).isEqualTo(whole.examples());
                assertThat(lines).isEqualTo(whole.lines());
                assertThat(end.file().sha256()).isEqualTo(whole.file().sha256());
            }
        }
    }
}
