package dev.isogloss.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationReaderTest {
    @TempDir
    Path folder;

    private Map<String, List<Translation>> read(String ending, boolean pair) {
        Location pairs = new Location(null, "data", "{language}." + ending, null);
        return TranslationReader.read(pairs, List.of("de", "fr"), pair, ClaimFolders.withLinks(Map.of("data", folder)))
                .translations();
    }

    @Test
    void json_lines_bring_the_name_and_the_label_of_a_text() throws IOException {
        Files.writeString(
                folder.resolve("de.jsonl"),
                "{\"id\": \"x\", \"source\": \"sweet\", \"target\": \"suess\", \"label\": \"good\"}\n\n"
                        + "{\"source\": \"sour\", \"target\": \"sauer\"}\n{\"source\": \" \", \"target\": \"leer\"}\n");

        assertThat(read("jsonl", false))
                .containsExactly(Map.entry(
                        "de",
                        List.of(
                                Translation.of("x", "de", "sweet", null, "suess", null, "good"),
                                Translation.of(null, "de", "sour", null, "sauer", null, null))));
    }

    @Test
    void columns_bring_neither() throws IOException {
        Files.writeString(folder.resolve("fr.tsv"), "sweet\tdoux\n");

        assertThat(read("tsv", false).get("fr"))
                .containsExactly(Translation.of(null, "fr", "sweet", null, "doux", null, null));
        assertThatThrownBy(() -> read("tsv", true))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("write JSON lines with source, source2, target and target2");
    }

    @Test
    void no_language_with_translations_is_a_mistake() {
        assertThatThrownBy(() -> read("jsonl", false))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("No language of [de, fr] has translation pairs");
    }
}
