package dev.isogloss.trainer.pseudolabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassesLeftOutTest {

    private static ClassesLeftOut pool(Map<String, Integer> given) {
        ClassesLeftOut pool = new ClassesLeftOut();
        given.forEach((label, count) -> pool.given(Collections.nCopies(count, label)));
        return pool;
    }

    private static Optional<String> note(Map<String, Integer> given, Map<String, Long> handedOn) {
        ClassesLeftOut pool = pool(given);
        pool.handedOn(handedOn);
        return pool.note("lower it");
    }

    @Test
    void classes_that_an_even_draw_would_hold_are_named_with_what_it_would_hold() {
        assertThat(note(Map.of("network", 600, "desktop", 300, "text", 100), Map.of("network", 99L, "text", 1L)))
                .hasValue(
                        "All but missing from the labels handed on: 1 of 3 classes, desktop (0; an even draw of the pool"
                                + " would hold 30). Who learns from these labels may give them up in these languages: lower it.");
    }

    @Test
    void a_tenth_of_an_even_draw_is_enough_and_less_is_not() {
        Map<String, Integer> given = Map.of("network", 500, "desktop", 500);

        assertThat(note(given, Map.of("network", 95L, "desktop", 5L))).isEmpty();
        assertThat(note(given, Map.of("network", 96L, "desktop", 4L))).hasValueSatisfying(note -> assertThat(note)
                .contains("desktop (4; an even draw of the pool would hold 50)"));
    }

    @Test
    void a_class_that_chance_may_have_missed_is_not_named() {
        Map<String, Integer> given = Map.of("network", 901, "desktop", 99);

        assertThat(note(given, Map.of("network", 100L))).isEmpty();
        assertThat(note(given, Map.of("network", 102L))).isPresent();
    }

    @Test
    void the_five_most_frequent_are_named_and_the_others_counted() {
        Map<String, Integer> given = Map.of("a", 100, "b", 200, "c", 300, "d", 400, "e", 500, "f", 600, "g", 700);

        assertThat(note(given, Map.of("g", 2800L))).hasValueSatisfying(note -> assertThat(note)
                .contains("6 of 7 classes, f (0;")
                .contains("b (0; an even draw of the pool would hold 200) and 1 more. Who")
                .doesNotContain("a (0"));
    }

    @Test
    void a_selection_of_nothing_leaves_out_no_class() {
        assertThat(note(Map.of("network", 500), Map.of())).isEmpty();
        assertThat(note(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void what_earlier_rounds_handed_on_counts_as_well() {
        ClassesLeftOut pool = pool(Map.of("network", 200, "desktop", 200));
        pool.handedOn(Map.of("network", 100L));
        pool.handedOn(Map.of("desktop", 100L));

        assertThat(pool.note("lower it")).isEmpty();
    }

    @Test
    void each_word_of_a_sentence_counts() {
        ClassesLeftOut pool = new ClassesLeftOut();
        for (int sentence = 0; sentence < 10; sentence++) pool.given(List.of("O", "O", "B-PER", "O"));
        pool.handedOn(Map.of("O", 40L));

        assertThat(pool.note("lower it")).hasValueSatisfying(note -> assertThat(note)
                .contains("B-PER (0; an even draw of the pool would hold 10)"));
    }
}
