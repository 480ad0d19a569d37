package dev.isogloss.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void what_a_terminal_would_obey_is_shown_as_its_code() {
        assertThat(new InvalidInput("the label \"\u001b[2Jgood\" in\na.tsv,\u0007 \u202etxt\u202c \ud83d"))
                .hasMessage("the label \"\\u001b[2Jgood\" in\na.tsv,\\u0007 \\u202etxt\\u202c \\ud83d");
        assertThat(Excerpt.of("a\tb\nc\u0000")).isEqualTo("a\\u0009b\\u000ac\\u0000");
    }

    @Test
    void words_of_any_script_are_shown_as_they_are() {
        for (String word : List.of("مرحبا", "می‌خواهم", "क्षत्रिय", "แม่น้ำ", "😀👩‍👩‍👧", "naïve – “x”"))
            assertThat(Excerpt.of(word)).isEqualTo(word);
    }

    @Test
    void a_long_value_is_cut_between_characters() {
        assertThat(Excerpt.of("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(Excerpt.of("x".repeat(79) + "😀y")).isEqualTo("x".repeat(79) + "…");
        assertThat(Excerpt.of("\u001b".repeat(1_000_000))).hasSizeLessThan(90);
    }

    @Test
    void of_many_names_the_first_are_told_and_the_others_counted() {
        List<String> names = IntStream.range(0, 3000).mapToObj(i -> "n" + i).toList();

        assertThat(Excerpt.list(names.subList(0, 3))).isEqualTo("[n0, n1, n2]");
        assertThat(Excerpt.list(names)).startsWith("[n0, n1, ").endsWith(", n19 and 2,980 more]");
        assertThat(Excerpt.joined(names.stream().map(name -> name.repeat(100)).toList()))
                .hasSizeLessThan(300)
                .endsWith("… and 2,997 more");
    }

    @Test
    void a_message_of_megabytes_keeps_its_beginning_and_its_end() {
        String message = new InvalidInput("a.tsv is wrong: " + "😀".repeat(1_000_000) + " Mend it.").getMessage();

        assertThat(message)
                .startsWith("a.tsv is wrong: 😀")
                .contains(" characters left out) ")
                .endsWith("😀 Mend it.")
                .hasSizeLessThanOrEqualTo(Excerpt.OF_MESSAGE)
                .doesNotContain("\\ud8");
        assertThat(Excerpt.message(message)).isEqualTo(message);
        assertThat(Excerpt.message("\u001b".repeat(5000))).hasSizeLessThanOrEqualTo(Excerpt.OF_MESSAGE);
    }
}
