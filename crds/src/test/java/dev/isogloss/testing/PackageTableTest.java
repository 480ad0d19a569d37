package dev.isogloss.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackageTableTest {
    private static final PackageTable TABLE = PackageTable.parse("""
            # Page

            ### first

            | package | holds | uses |
            |---|---|---|
            | `json` | text | |
            | `api..` | records | `json` |
            | `plan` | steps | `json`, `api..` |

            ### second

            | `other` | things | `plan` |
            """, "first");

    @Test
    void a_table_ends_at_the_next_heading() {
        assertThat(TABLE.uses())
                .containsOnlyKeys("json", "api..", "plan")
                .containsEntry("plan", Set.of("json", "api.."));
    }

    @Test
    void code_that_is_as_the_table_shows_differs_in_nothing() {
        assertThat(TABLE.differences(
                        Map.of("json", Set.of(), "api..", Set.of("json"), "plan", Set.of("json", "api.."))))
                .isEmpty();
    }

    @Test
    void arrows_that_are_not_shown_and_shown_arrows_that_are_not_there_are_told() {
        assertThat(TABLE.differences(Map.of("json", Set.of("plan"), "api..", Set.of("json"), "plan", Set.of("json"))))
                .containsExactlyInAnyOrder(
                        "json uses plan, which the table does not allow",
                        "plan does not use api..: take it out of the table");
    }

    @Test
    void packages_without_a_row_and_rows_without_a_package_are_told() {
        assertThat(TABLE.differences(Map.of("json", Set.of(), "api..", Set.of("json"), "news", Set.of())))
                .contains("the table has no row for news", "there is no package plan");
    }

    @Test
    void an_arrow_that_runs_back_up_is_told() {
        PackageTable back = PackageTable.parse("\n### m\n| `a` | x | `b` |\n| `b` | y | |\n", "m");

        assertThat(back.differences(Map.of("a", Set.of("b"), "b", Set.of())))
                .containsExactly("a must stand below b, which it uses");
    }
}
