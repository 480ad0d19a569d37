package dev.isogloss.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void a_cell_is_what_stands_below_its_heading_even_if_that_is_nothing() {
        String printed = """
                NAME       PHASE     ROUND   BEST MODEL   STEPS   AGE
                teaching   Running   1/3                  4/22    76s
                other                3/3     emb          9/9     2m
                """;

        assertThat(Table.rows(printed))
                .containsExactly(
                        Map.of(
                                "NAME",
                                "teaching",
                                "PHASE",
                                "Running",
                                "ROUND",
                                "1/3",
                                "BEST MODEL",
                                "",
                                "STEPS",
                                "4/22",
                                "AGE",
                                "76s"),
                        Map.of(
                                "NAME",
                                "other",
                                "PHASE",
                                "",
                                "ROUND",
                                "3/3",
                                "BEST MODEL",
                                "emb",
                                "STEPS",
                                "9/9",
                                "AGE",
                                "2m"));
    }
}
