package dev.isogloss.report.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.Published;
import dev.isogloss.api.benchmark.SystemHead;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.planner.Examples;
import dev.isogloss.planner.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A paper's numbers from the page that an example has of them.
class PublishedTablesTest {
    private static final Path PAGE = Path.of("../examples/papers/iwda-xian-2022/expected.md");
    /// Of the tables that are read here whole.
    private static final List<String> LANGUAGES =
            List.of(("en af ar bg bn de el es et eu fa fi fr he hi hu id it ja jv ka kk"
                            + " ko ml mr ms my nl pt ru sw ta te th tl tr ur vi yo zh")
                    .split(" "));

    private static final List<String> SYSTEMS = List.of("zero-shot", "iwda+kd", "iwda", "wu-et-al.2020", "ours");

    private static Map<String, Map<String, Double>> read(String heading) throws IOException {
        return PublishedTables.read("expected.md", Files.readString(PAGE), heading, SYSTEMS, LANGUAGES);
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
        assertThat(PublishedTables.read("expected.md", Files.readString(PAGE), null, List.of("iwda"), LANGUAGES)
                        .get("iwda"))
                .containsEntry("en", 56.87);
    }

    @Test
    void systems_may_be_columns_and_languages_lines() throws IOException {
        Map<String, Map<String, Double>> scores = read("Table 5:");

        assertThat(scores).containsOnlyKeys("zero-shot", "iwda");
        assertThat(scores.get("zero-shot"))
                .hasSize(40)
                .containsEntry("en", 83.73)
                .containsEntry("zh", 43.29);
    }

    @Test
    void of_a_cell_that_is_bold_in_part_that_part_is_the_name() {
        assertThat(PublishedTables.read("page.md", """
                        | | **en** | de |
                        |---|---|---|
                        | XLM-R (XTREME) | 88.7 | 82.5 |
                        | **XLM-R** (our imp.) | **88.87 ± 0.31** | 82.78 ± 0.56 |
                        """, null, List.of("XLM-R", "XLM-R-XTREME"), LANGUAGES))
                .isEqualTo(Map.of(
                        "XLM-R", Map.of("en", 88.87, "de", 82.78), "XLM-R-XTREME", Map.of("en", 88.7, "de", 82.5)));
    }

    @Test
    void a_number_that_begins_with_its_point_is_a_fraction() {
        assertThat(PublishedTables.read("page.md", """
                        | | en | de | th |
                        |---|---|---|---|
                        | ours | .712 | 0.7 | 1.31 |
                        """, null, List.of("ours"), LANGUAGES)
                        .get("ours"))
                .isEqualTo(Map.of("en", 71.2, "de", 0.7, "th", 1.31));
    }

    /// A heading or a row that is called otherwise would leave a table without the paper's numbers, unnoticed.
    @Test
    void every_row_of_the_papers_tables_has_its_numbers_but_for_those_that_no_paper_prints() throws IOException {
        Map<String, List<String>> without = new TreeMap<>();
        for (Path file : Examples.files())
            if (file.getFileName().toString().startsWith("table-"))
                for (Manifest manifest : ManifestReader.read(file))
                    if (manifest instanceof TransferBenchmarkManifest benchmark) {
                        List<String> missing = unprinted(file, benchmark);
                        if (!missing.isEmpty()) without.put(file.getFileName().toString(), missing);
                    }

        assertThat(without)
                .isEqualTo(Map.of(
                        "table-2-conll-mbert.yaml", List.of("ST", "IWDA+ST"),
                        "table-2-marc-low.yaml", List.of("LaBSE+self-training"),
                        "table-4-conll-critic.yaml", List.of("zero-shot"),
                        "table-6-dictionary.yaml", List.of("scale-1.0", "scale-0.75", "scale-0.5", "scale-0.25"),
                        "table-8-conll-xlmr.yaml", List.of("ST", "IWDA+ST")));
    }

    private static List<String> unprinted(Path file, TransferBenchmarkManifest benchmark) throws IOException {
        TransferBenchmarkSpec spec = benchmark.spec();
        List<String> columns = BenchmarkTable.of(Planner.plan(benchmark.name(), spec), Map.of(), Map.of())
                .columns();
        List<String> systems = spec.systems().stream()
                .map(system -> system.path(SystemHead.NAME).asText())
                .toList();
        Published published = spec.published();
        if (published == null || published.file() == null) return systems;
        Path page = file.resolveSibling(published.file());
        Map<String, Map<String, Double>> rows =
                PublishedTables.read(page.toString(), Files.readString(page), published.heading(), systems, columns);
        return systems.stream()
                .filter(system -> rows.getOrDefault(system, Map.of()).size() < 3)
                .toList();
    }

    @Test
    void a_page_without_such_a_table_is_refused() {
        assertThatThrownBy(() -> read("Table 99"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("expected.md has no table below a heading \"Table 99\" with a line for one of"
                        + " zero-shot, iwda+kd, iwda");
    }

    private static Map<String, Map<String, Double>> read(String page, @Nullable String heading, String... systems) {
        return PublishedTables.read("page.md", page, heading, List.of(systems), List.of("en", "de", "average"));
    }

    @Test
    void the_line_with_the_very_name_of_a_system_is_its_own() {
        String page = """
                | | de |
                |---|---|
                | IWDA + KD | 1 |
                | iwda+kd | 2 |
                """;

        assertThat(read(page, null, "iwda+kd")).isEqualTo(Map.of("iwda+kd", Map.of("de", 2.0)));
        assertThat(read(page.replace("| iwda+kd | 2 |", "| iwdakd | 2 |"), null, "iwda+kd", "iwdakd"))
                .isEqualTo(Map.of("iwda+kd", Map.of("de", 1.0), "iwdakd", Map.of("de", 2.0)));
    }

    @Test
    void a_line_that_may_be_of_two_systems_is_refused() {
        assertThatThrownBy(() -> read("| | de |\n|---|---|\n| IWDA KD | 1 |\n", null, "iwda-kd", "iwdakd"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "page.md:3: the line \"IWDA KD\" may be of iwda-kd or iwdakd, which have the same letters. Write"
                                + " there which.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234.5", "44.8 or 45", "444.8", "-4.8", "44.8x", "4 × 5"})
    void a_cell_that_is_not_wholly_a_number_in_per_cent_is_refused_and_never_read_by_half(String cell) {
        assertThatThrownBy(() -> read("| | de |\n|---|---|\n| ours | %s |\n".formatted(cell), null, "ours"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "page.md:3: the number of ours in de is \"%s\". Write one from 0 to 100, in per cent, or leave"
                                + " the cell empty.",
                        cell);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"44.8", "**44.8**", "44.8*", "44.8 ± 0.3", "44.8 (0.3)", "44.8 %", "44.8†", "**44.8** ± .3"})
    void a_number_may_be_bold_marked_and_have_its_spread_behind_it(String cell) {
        assertThat(read("| | de |\n|---|---|\n| ours | %s |\n".formatted(cell), null, "ours"))
                .isEqualTo(Map.of("ours", Map.of("de", 44.8)));
    }

    @Test
    void what_is_no_column_of_the_table_may_be_anything() {
        assertThat(read(
                        "| | de | texts |\n|---|---|---|\n| ours | – | 1,234 |\n| theirs | 3 | 7 |\n",
                        null,
                        "ours",
                        "theirs"))
                .isEqualTo(Map.of("theirs", Map.of("de", 3.0)));
    }

    @Test
    void columns_may_be_written_in_capitals() {
        assertThat(read("| | EN | De |\n|---|---|---|\n| ours | 10 | 20 |\n", null, "ours"))
                .isEqualTo(Map.of("ours", Map.of("en", 10.0, "de", 20.0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            | | de | de |@|---|---|---|@| ours | 1 | 2 |        ! page.md:1: the table has a second column for de.
            | | ours |@|---|---|@| de | 1 |@| DE | 2 |          ! page.md:4: the table has a second column for de.
            | | de |@|---|---|@| ours | 1 |@| ours | 2 |        ! page.md:4: the table has a second line for ours.
            | | de |@|---|---|@| OURS | 1 |@| Ours | 2 |        ! page.md:4: the table has a second line for ours.
            """)
    void a_number_that_is_there_twice_is_refused(String page, String sentence) {
        assertThatThrownBy(() -> read(page.replace("@", "\n"), null, "ours"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void a_heading_is_found_in_whatever_letters_and_emphasis_and_never_in_code() {
        String page = """
                ~~~
                # Table 1
                | | de |
                |---|---|
                | ours | 1 |
                ~~~
                ```one``` is code in a line.
                ## **Table 1** English
                | | de |
                |---|---|
                | ours | 2 |
                """;

        assertThat(read(page, "table 1", "ours")).isEqualTo(Map.of("ours", Map.of("de", 2.0)));
        assertThatThrownBy(() -> read(page, "Table 2", "ours"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageEndingWith("; the page has the headings \"**Table 1** English\".");
    }

    /// Papers mostly count the source in it, and `average` is over targets alone.
    @Test
    void an_average_is_that_over_targets_only_by_its_own_name() {
        assertThat(read("| | de | avg | average |\n|---|---|---|---|\n| ours | 1 | 3 | 2 |\n", null, "ours"))
                .isEqualTo(Map.of("ours", Map.of("de", 1.0, "average", 2.0)));
    }

    @Test
    void a_heading_is_meant_by_whole_words_and_holds_what_stands_below_it() {
        String page = """
                # Numbers
                ## Table 10
                | | de |
                |---|---|
                | ours | 10 |
                ## Table 1: here
                ### Part a
                | | de |
                |---|---|
                | theirs | 2 |
                ### Part b
                | | de |
                |---|---|
                | ours | 1 |
                ## Table 2
                | | de |
                |---|---|
                | else | 3 |
                """;

        assertThat(read(page, "Table 1", "ours")).isEqualTo(Map.of("ours", Map.of("de", 1.0)));
        assertThatThrownBy(() -> read(page, "Table 1", "else")).isInstanceOf(InvalidInput.class);
        assertThat(read(page, "Table 2", "else")).isEqualTo(Map.of("else", Map.of("de", 3.0)));
    }
}
