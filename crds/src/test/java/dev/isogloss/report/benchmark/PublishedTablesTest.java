package dev.isogloss.report.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A paper's numbers from the page that an example has of them.
class PublishedTablesTest {
    private static final Path PAGE = Path.of("../examples/papers/iwda-xian-2022/expected.md");
    private static final List<String> SYSTEMS = List.of("zero-shot", "iwda+kd", "iwda", "wu-et-al.2020", "ours");

    private static Map<String, Map<String, Double>> read(String heading) throws IOException {
        return PublishedTables.read("expected.md", Files.readString(PAGE), heading, SYSTEMS);
    }

    @Test
    void the_table_below_a_heading_is_read_by_names_of_systems_and_languages() throws IOException {
        Map<String, Map<String, Double>> scores = read("Table 2: CoNLL");

        assertThat(scores).containsOnlyKeys("zero-shot", "iwda+kd", "iwda", "wu-et-al.2020");
        assertThat(scores.get("iwda+kd")).isEqualTo(Map.of("en", 90.89, "de", 73.71, "es", 77.14, "nl", 79.72));
        assertThat(scores.get("wu-et-al.2020")).doesNotContainKey("en").containsEntry("de", 73.22);
    }

    @Test
    void without_a_heading_it_is_the_first_table_with_one_of_the_systems() throws IOException {
        assertThat(PublishedTables.read("expected.md", Files.readString(PAGE), null, List.of("iwda"))
                        .get("iwda"))
                .containsEntry("en", 56.87);
    }

    @Test
    void a_page_without_such_a_table_is_refused() {
        assertThatThrownBy(() -> read("Table 99"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("expected.md has no table below a heading \"Table 99\" with a line for one of"
                        + " zero-shot, iwda+kd, iwda");
    }
}
