package dev.isogloss.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.augment.AugmentedCopies.Manifest;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Copies as they are written, one a line, and read again.
class AugmentedCopiesTest {
    private static final List<AugmentedCopy> COPIES = List.of(
            new AugmentedCopy("de", "a#1", "a", "weg alt", null, null, List.of(0), null),
            new AugmentedCopy("de", "b#1", "b", "weg", "boot", null, List.of(0), List.of(0)),
            new AugmentedCopy("de", "c#1", "c", null, null, List.of("im", "tal"), List.of(1), null));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 111", "2, 21", "3, 3", "9, 3"})
    void what_was_written_is_read_in_pieces_of_so_many(int piece, String sizes) throws IOException {
        write();
        List<AugmentedCopy> read = new ArrayList<>();
        StringBuilder seen = new StringBuilder();

        AugmentedCopies.stream(folder, piece, copies -> {
            read.addAll(copies);
            seen.append(copies.size());
        });

        assertThat(read).isEqualTo(COPIES);
        assertThat(seen).hasToString(sizes);
    }

    @Test
    void a_copy_is_an_example_of_its_kind_without_labels() {
        assertThat(COPIES.get(0).example()).isEqualTo(new TextExample("a#1", "weg alt", null, null));
        assertThat(COPIES.get(1).example()).isEqualTo(new TextExample("b#1", "weg", "boot", null));
        assertThat(COPIES.get(2).example()).isEqualTo(new TaggedExample("c#1", List.of("im", "tal"), null));
    }

    @Test
    void copies_that_are_not_those_of_the_manifest_are_refused() throws IOException {
        write();
        Manifest manifest = new Manifest(3, 0, Sha256.of(folder.resolve(AugmentedCopies.COPIES)));
        AugmentedCopies.writeManifest(folder, manifest);
        assertThat(AugmentedCopies.manifest(folder)).isEqualTo(manifest);

        Files.writeString(folder.resolve(AugmentedCopies.COPIES), "");

        assertThatThrownBy(() -> AugmentedCopies.manifest(folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("copies.jsonl has changed since it was made");
    }

    private void write() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(AugmentedCopies.COPIES))) {
            for (AugmentedCopy copy : COPIES) AugmentedCopies.write(out, copy);
        }
    }
}
