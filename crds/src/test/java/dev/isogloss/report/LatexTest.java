package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatexTest {

    @Test
    void signs_that_mean_something_are_printed_as_they_are() {
        assertThat(Latex.escaped("a_b & 5 % of {x} for $1 ~ \\^#"))
                .isEqualTo("a\\_b \\& 5 \\% of \\{x\\} for \\$1 \\textasciitilde{} "
                        + "\\textbackslash{}\\textasciicircum{}\\#");
    }

    @Test
    void comparisons_and_dashes_become_commands() {
        assertThat(Latex.escaped("< 0.8, ≥ 0.8, −1 ± 2, 1–2")).isEqualTo("$<$ 0.8, $\\geq$ 0.8, $-$1 $\\pm$ 2, 1--2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zero-shot", "中文", "é"})
    void other_text_stays(String text) {
        assertThat(Latex.escaped(text)).isEqualTo(text);
    }
}
