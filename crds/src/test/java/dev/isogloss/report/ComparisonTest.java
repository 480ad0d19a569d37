package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.report.statistics.PairedComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Two systems on the same examples: what is set beside what.
class ComparisonTest {

    @Test
    void only_seeds_that_both_systems_have_count() {
        ComparedSystem a = system("A", Map.of(1L, correct(4, 4), 2L, correct(1, 4)));
        ComparedSystem b = system("B", Map.of(2L, correct(3, 4), 3L, correct(0, 4)));

        Comparison compared = compared(a, b);

        assertThat(compared.seeds()).containsExactly(2L);
        assertThat(row(compared, "de").a()).isCloseTo(0.25, within(1e-12));
        assertThat(row(compared, "de").b()).isCloseTo(0.75, within(1e-12));
    }

    /// B is A but for one example of one seed. Beside the same seed of A nothing but that one can be swapped, which
    /// turns the difference's sign and leaves its size: p is 1. Beside another seed every example could be.
    @Test
    void a_seed_is_set_beside_the_same_seed() {
        List<Outcome> first = spans(1, 6, 2, 0, 8, 2);
        List<Outcome> second = spans(3, 0, 0, 5, 1, 2);
        List<Outcome> better = new ArrayList<>(first);
        better.set(0, new Outcome("0", List.of("x"), 3, first.getFirst().denominator()));
        ComparedSystem a = system("A", Map.of(1L, first, 2L, second));
        ComparedSystem b = system("B", Map.of(1L, better, 2L, second));

        assertThat(row(compared(a, b), "de").difference()).isPositive();
        assertThat(row(compared(a, b), "de").pRandomisation()).isEqualTo(1);
        ComparedSystem crossed = system("B", Map.of(1L, second, 2L, better));
        assertThat(row(compared(a, crossed), "de").pRandomisation()).isLessThan(1);
    }

    @Test
    void the_average_has_every_language_that_both_measured_with_all_seeds_and_no_other() {
        ComparedSystem a = languages("A", Map.of("de", correct(1, 4), "fr", correct(2, 4), "it", correct(4, 4)));
        ComparedSystem b = languages("B", Map.of("de", correct(2, 4), "fr", correct(4, 4), "es", correct(4, 4)));

        Comparison compared = compared(a, b);

        assertThat(compared.rows()).containsOnlyKeys("de", "fr", Summary.AVERAGE);
        assertThat(row(compared, Summary.AVERAGE).a()).isCloseTo(0.375, within(1e-12));
        assertThat(row(compared, Summary.AVERAGE).b()).isCloseTo(0.75, within(1e-12));
        assertThat(row(compared, Summary.AVERAGE).examples()).isEqualTo(8);
        assertThat(compared.adjusted()).containsOnlyKeys("de", "fr");
    }

    @Test
    void one_language_has_no_average() {
        assertThat(compared(languages("A", Map.of("de", correct(1, 4))), languages("B", Map.of("de", correct(2, 4))))
                        .rows())
                .containsOnlyKeys("de");
    }

    @Test
    void systems_that_cannot_be_compared_are_refused_with_the_reason() {
        ComparedSystem a = system("A", Map.of(1L, correct(1, 2)));
        assertThatThrownBy(() -> compared(a, system("B", Map.of(2L, correct(1, 2)))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("A has results of seeds [1], B of seeds [2]: they share none.");
        assertThatThrownBy(() -> compared(a, languages("B", Map.of("fr", correct(1, 2)))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("A and B have no language in common of which both have predictions of split \"test\".");
        assertThatThrownBy(() -> compared(a, new ComparedSystem("B", Metric.SpanF1, a.outcomes())))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("A is scored by Accuracy and B by SpanF1; compare needs two systems for one task.");
    }

    @Test
    void examples_that_differ_in_name_gold_label_or_number_are_no_pairs() {
        ComparedSystem a = system("A", Map.of(1L, correct(2, 2)));
        Outcome first = correct(2, 2).getFirst();

        assertThatThrownBy(() -> compared(a, system("B", Map.of(1L, correct(1, 1)))))
                .hasMessageStartingWith("A and B were not measured on the same examples: example 2 of language \"de\""
                        + " is \"1\" (gold [x]) in one and missing in the other.");
        assertThatThrownBy(() ->
                        compared(a, system("B", Map.of(1L, List.of(first, new Outcome("one", List.of("x"), 1, 1))))))
                .hasMessageContaining("is \"1\" (gold [x]) in one and \"one\" (gold [x]) in the other");
        assertThatThrownBy(() ->
                        compared(a, system("B", Map.of(1L, List.of(first, new Outcome("1", List.of("y"), 1, 1))))))
                .hasMessageContaining("is \"1\" (gold [x]) in one and \"1\" (gold [y]) in the other");
        assertThatThrownBy(() -> compared(a, system("B", Map.of(1L, List.of(first, new Outcome("1", null, 1, 1))))))
                .hasMessageContaining("is \"1\" (gold [x]) in one and \"1\" (gold null) in the other");
    }

    private static Comparison compared(ComparedSystem a, ComparedSystem b) {
        return Comparison.of(a, b, "test", 200, name -> new Random(name.hashCode()));
    }

    private static PairedComparison row(Comparison compared, String language) {
        return Objects.requireNonNull(compared.rows().get(language));
    }

    private static ComparedSystem system(String name, Map<Long, List<Outcome>> bySeed) {
        Map<Long, Map<String, List<Outcome>>> outcomes = new TreeMap<>();
        bySeed.forEach((seed, list) -> outcomes.put(seed, Map.of("de", list)));
        return new ComparedSystem(name, Metric.Accuracy, outcomes);
    }

    private static ComparedSystem languages(String name, Map<String, List<Outcome>> languages) {
        return new ComparedSystem(name, Metric.Accuracy, Map.of(1L, languages));
    }

    private static List<Outcome> correct(int right, int of) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < of; i++) outcomes.add(new Outcome("" + i, List.of("x"), i < right ? 1 : 0, 1));
        return outcomes;
    }

    /// Twice the right spans of each example, and as many more in the denominator as its number says.
    private static List<Outcome> spans(int... right) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < right.length; i++)
            outcomes.add(new Outcome("" + i, List.of("x"), 2 * right[i], 2 * right[i] + 3 * i + 1));
        return outcomes;
    }
}
