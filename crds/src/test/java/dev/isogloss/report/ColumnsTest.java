package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void names_in_wide_characters_take_two_columns_each_and_marks_none() {
        String table = Columns.aligned(
                List.of(
                        List.of("language", "score"),
                        List.of("日本語", "61.20"),
                        List.of("한국어 (ko)", "59.00"),
                        List.of("yorùbá", "58.10"),
                        List.of("yoru\u0300ba\u0301", "58.10")),
                1);

        assertThat(table).isEqualTo("""
                language     score
                ───────────  ─────
                日本語       61.20
                한국어 (ko)  59.00
                yorùbá       58.10
                yoru\u0300ba\u0301       58.10
                """);
    }
}
