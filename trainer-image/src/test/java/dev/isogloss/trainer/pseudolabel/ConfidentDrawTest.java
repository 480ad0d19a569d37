package dev.isogloss.trainer.pseudolabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.random.RandomStream;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DrawTest {

    /// The pool as a set of names from which what is drawn disappears: the paper's U.
    @Property(tries = 300)
    void round_after_round_the_draw_does_what_sets_do(
            @ForAll @Size(min = 1, max = 4)
                    List<@Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 1) Double>> rounds,
            @ForAll @DoubleRange(min = 0, max = 1) double threshold,
            @ForAll @IntRange(max = 12) int most,
            @ForAll @IntRange(max = 1000) int seed) {
        int size = rounds.stream().mapToInt(List::size).min().orElseThrow();
        Set<ExampleName> unlabelled = new LinkedHashSet<>(names(size));
        Set<ExampleName> taken = new HashSet<>();
        for (int round = 0; round < rounds.size(); round++) {
            List<Double> confidences = rounds.get(round).subList(0, size);
            Set<ExampleName> confident = names(size).stream()
                    .filter(unlabelled::contains)
                    .filter(name -> confidences.get(Integer.parseInt(name.id())) > threshold)
                    .collect(Collectors.toCollection(LinkedHashSet::new));

            ConfidentDraw draw = offered(confidences, threshold, taken);
            Set<ExampleName> drawn = draw.draw(most, RandomStream.of(seed, "select", round)).stream()
                    .mapToObj(place -> names(size).get(place))
                    .collect(Collectors.toSet());

            assertThat(draw.left()).isEqualTo(unlabelled.size());
            assertThat(draw.confident()).isEqualTo(confident.size());
            assertThat(drawn).hasSize(Math.min(most, confident.size()));
            assertThat(confident).containsAll(drawn);
            unlabelled.removeAll(drawn);
            taken.addAll(drawn);
        }
    }

    @Test
    void every_trusted_example_is_drawn_equally_often() {
        List<Double> confidences = List.of(0.95, 0.5, 0.99, 0.91, 1.0, 0.92);
        int[] counts = new int[confidences.size()];
        for (int seed = 0; seed < 10_000; seed++)
            offered(confidences, 0.9, Set.of()).draw(2, RandomStream.of(seed, "select", 0)).stream()
                    .forEach(place -> counts[place]++);

        assertThat(counts[1]).isZero();
        // 2 of 5 each: a binomial of mean 4000 and standard deviation 49
        for (int place : new int[] {0, 2, 3, 4, 5})
            assertThat((double) counts[place]).isCloseTo(4000, within(200.0));
    }

    @Test
    void as_confident_as_the_threshold_is_not_confident_enough() {
        assertThat(offered(List.of(0.75, 0.7500000001), 0.75, Set.of()).confident())
                .isEqualTo(1);
    }

    @Test
    void a_confidence_that_is_no_number_is_refused() {
        for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY})
            assertThatThrownBy(() -> offered(List.of(0.9, broken), 0.5, Set.of()))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("example \"1\" of language \"de\"")
                    .hasMessageContaining("diverged");
    }

    @Test
    void no_class_is_needed_for_a_draw_and_nothing_to_draw_is_fine() {
        assertThat(offered(List.of(), 0.5, Set.of())
                        .draw(3, RandomStream.of(1, "x"))
                        .isEmpty())
                .isTrue();
        assertThat(offered(List.of(0.9), 0.5, Set.of())
                        .draw(0, RandomStream.of(1, "x"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_third_of_what_is_labelled_is_rounded_down_in_numbers_and_not_in_bits() {
        for (long labelled = 0; labelled < 200_000; labelled++)
            assertThat(ConfidentDraw.most(labelled, 0.3333333333333333)).isEqualTo((int) (labelled / 3));
        assertThat(ConfidentDraw.most(2000, 0.333)).isEqualTo(666);
        assertThat(ConfidentDraw.most(10, 0.29)).isEqualTo(2);
    }

    private static List<ExampleName> names(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new ExampleName("de", "" + i))
                .toList();
    }

    private static ConfidentDraw offered(List<Double> confidences, double threshold, Set<ExampleName> taken) {
        ConfidentDraw draw = new ConfidentDraw(threshold, taken);
        for (int i = 0; i < confidences.size(); i++) draw.offer(new ExampleName("de", "" + i), confidences.get(i));
        return draw;
    }
}
