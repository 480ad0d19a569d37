package dev.isogloss.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSketchTest {

    private static String said(int texts, IntFunction<List<String>> labels) {
        LabelSketch labelSketch = new LabelSketch();
        IntStream.range(0, texts).forEach(i -> labelSketch.add("de", "text-" + i, labels.apply(i)));
        return labelSketch.text();
    }

    private static double agreement(String one, String other) {
        return LabelSketch.agreement(one, other).orElseThrow();
    }

    @Test
    void of_a_small_pool_every_text_counts() {
        String one = said(200, i -> List.of("a"));
        String other = said(200, i -> List.of(i % 4 == 0 ? "b" : "a"));

        assertThat(agreement(one, one)).isEqualTo(1);
        // one in 256 of the fifty that differ may be taken for agreement
        assertThat(agreement(one, other)).isCloseTo(0.75, within(0.01));
    }

    @Test
    void of_a_large_pool_a_thousand_texts_stand_for_all_whatever_their_order() {
        String one = said(20_000, i -> List.of("a"));
        String other = said(20_000, i -> List.of(i % 10 < 3 ? "b" : "a"));
        LabelSketch backwards = new LabelSketch();
        for (int i = 20_000; i-- > 0; ) backwards.add("de", "text-" + i, List.of("a"));

        assertThat(agreement(one, other)).isCloseTo(0.7, within(0.05));
        assertThat(one).hasSize(1336).isEqualTo(backwards.text());
    }

    @Test
    void a_sentence_is_agreed_upon_when_all_its_words_are() {
        String one = said(300, i -> List.of("O", "B-LOC", "O"));
        String other = said(300, i -> i < 150 ? List.of("O", "B-LOC", "O") : List.of("O", "B-LOC", "B-LOC"));

        assertThat(agreement(one, other)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void opinions_of_other_pools_and_what_is_no_opinion_say_nothing() {
        assertThat(LabelSketch.agreement(said(10, i -> List.of("a")), said(11, i -> List.of("a"))))
                .isEmpty();
        assertThat(LabelSketch.agreement("", "")).isEmpty();
        assertThat(LabelSketch.agreement("?!", "?!")).isEmpty();
    }
}
