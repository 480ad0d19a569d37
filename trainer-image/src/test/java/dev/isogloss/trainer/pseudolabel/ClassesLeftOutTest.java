package dev.isogloss.trainer.pseudolabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassesLeftOutTest {
    private static final String ADVICE = "lower it";

    private static ClassesLeftOut pool(Map<String, Integer> given) {
        ClassesLeftOut pool = new ClassesLeftOut();
        given.forEach((label, count) -> pool.count(Collections.nCopies(count, label)));
        return pool;
    }

    @Test
    void classes_that_an_even_draw_would_hold_are_named_with_what_it_would_hold() {
        ClassesLeftOut pool = pool(Map.of("network", 600, "desktop", 300, "text", 100));

        assertThat(pool.note(Map.of("network", 99L, "text", 1L), ADVICE))
                .hasValue(
                        "1 of 3 classes are all but missing from the labels handed on: desktop (0; an even draw of the"
                                + " pool would hold 30). Who learns from these labels gives those classes up in the targets:"
                                + " lower it.");
    }

    @Test
    void a_tenth_of_an_even_draw_is_enough_and_less_is_not() {
        ClassesLeftOut pool = pool(Map.of("network", 500, "desktop", 500));

        assertThat(pool.note(Map.of("network", 95L, "desktop", 5L), ADVICE)).isEmpty();
        assertThat(pool.note(Map.of("network", 96L, "desktop", 4L), ADVICE)).hasValueSatisfying(note -> assertThat(note)
                .contains("desktop (4; an even draw of the pool would hold 50)"));
    }

    @Test
    void a_class_that_chance_may_have_missed_is_not_named() {
        ClassesLeftOut pool = pool(Map.of("network", 901, "desktop", 99));

        assertThat(pool.note(Map.of("network", 100L), ADVICE)).isEmpty();
        assertThat(pool.note(Map.of("network", 102L), ADVICE)).isPresent();
    }

    @Test
    void five_are_named_and_the_others_counted() {
        ClassesLeftOut pool = pool(Map.of("a", 100, "b", 100, "c", 100, "d", 100, "e", 100, "f", 100, "g", 100));

        assertThat(pool.note(Map.of("g", 700L), ADVICE)).hasValueSatisfying(note -> assertThat(note)
                .startsWith("6 of 7 classes are all but missing")
                .contains("e (0; an even draw of the pool would hold 100) and 1 more. Who"));
    }

    @Test
    void a_selection_of_nothing_leaves_out_no_class() {
        assertThat(pool(Map.of("network", 500)).note(Map.of(), ADVICE)).isEmpty();
        assertThat(pool(Map.of()).note(Map.of(), ADVICE)).isEmpty();
    }

    @Test
    void each_word_of_a_sentence_counts() {
        ClassesLeftOut pool = new ClassesLeftOut();
        for (int sentence = 0; sentence < 10; sentence++) pool.count(List.of("O", "O", "B-PER", "O"));

        assertThat(pool.note(Map.of("O", 40L), ADVICE)).hasValueSatisfying(note -> assertThat(note)
                .contains("B-PER (0; an even draw of the pool would hold 10)"));
    }
}
