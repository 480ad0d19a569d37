package dev.isogloss.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MetricTest {

    @Provide
    Arbitrary<List<String>> tags() {
        return Arbitraries.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC").list().ofMaxSize(12);
    }

    @Test
    void iob1_begins_an_entity_only_where_one_begins() {
        assertThat(Iob.toIob2(List.of("I-PER", "I-PER", "I-LOC", "O", "I-LOC", "B-LOC", "I-LOC")))
                .containsExactly("B-PER", "I-PER", "B-LOC", "O", "B-LOC", "B-LOC", "I-LOC");
    }

    @Property
    void mending_tags_moves_no_entity_and_twice_is_once(@ForAll("tags") List<String> tags) {
        List<String> mended = Iob.toIob2(tags);

        assertThat(Iob.spans(mended)).isEqualTo(Iob.spans(tags));
        assertThat(Iob.toIob2(mended)).isEqualTo(mended);
    }

    @Property
    void every_word_with_a_tag_lies_in_exactly_one_entity(@ForAll("tags") List<String> tags) {
        int[] entities = new int[tags.size()];
        for (Iob.Span span : Iob.spans(tags)) for (int i = span.first(); i < span.end(); i++) entities[i]++;

        for (int i = 0; i < entities.length; i++)
            assertThat(entities[i]).isEqualTo(tags.get(i).equals("O") ? 0 : 1);
    }

    @Property
    void f1_lies_between_precision_and_recall_and_does_not_care_who_is_gold(
            @ForAll("tags") List<String> gold, @ForAll("tags") List<String> other) {
        int length = Math.min(gold.size(), other.size());
        List<List<String>> a = List.of(gold.subList(0, length));
        List<List<String>> b = List.of(other.subList(0, length));
        Agreement score = SpanF1.of(a, b).micro();

        assertThat(score.f1()).isEqualTo(SpanF1.of(b, a).micro().f1());
        assertThat(score.f1()).isGreaterThanOrEqualTo(Math.min(score.precision(), score.recall()) - 1e-12);
        assertThat(score.f1()).isLessThanOrEqualTo(Math.max(score.precision(), score.recall()) + 1e-12);
        assertThat(SpanF1.of(a, a).micro().correct())
                .isEqualTo(Iob.spans(a.getFirst()).size());
    }

    @Test
    void a_class_that_never_occurs_counts_as_zero() {
        Confusion confusion = Confusion.of(List.of("a", "b"), new int[] {0, 0}, new int[] {0, 0});

        assertThat(confusion.macroF1()).isEqualTo(0.5);
        assertThat(confusion.accuracy()).isEqualTo(1);
    }

    @Test
    void nothing_to_score_is_zero_not_nan() {
        assertThat(Confusion.of(List.of("a"), new int[0], new int[0]).accuracy())
                .isZero();
        assertThat(SpanF1.of(List.of(List.of("O")), List.of(List.of("O")))
                        .micro()
                        .f1())
                .isZero();
        assertThat(Tokens.accuracy(List.of(), List.of())).isZero();
    }

    @Test
    void every_language_counts_once_in_an_average() {
        assertThat(Languages.average(Map.of("de", 0.5, "fr", 0.7, "en", 1.0), List.of("de", "fr")))
                .isCloseTo(0.6, within(1e-12));
        assertThatThrownBy(() -> Languages.average(Map.of("de", 0.5), List.of("ja")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no score for ja");
    }
}
