package dev.isogloss.trainer.pseudolabel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.method.LabelAgreement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What two models hand to a third, beside the same said with maps and sets.
class TrustedLabelsTest {

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Integer> places(TrustedLabels labels) {
        return labels.kept().stream().boxed().toList();
    }

    /// Confidences in quarters, so that many are equal.
    private static List<Double> confidences(Random random, int size) {
        return IntStream.range(0, size).mapToObj(_ -> random.nextInt(5) / 4.0).toList();
    }

    @Test
    void the_most_confident_are_kept_and_of_equals_the_first() {
        Random random = new Random(1);
        for (int table = 0; table < 200; table++) {
            List<Double> confidences = confidences(random, random.nextInt(12));
            double fraction = List.of(0.0, 0.3, 0.5, 0.8, 1.0).get(random.nextInt(5));
            List<Integer> expected = IntStream.range(0, confidences.size())
                    .boxed()
                    .sorted(Comparator.comparing(confidences::get, Comparator.reverseOrder()))
                    .limit((long) (confidences.size() * fraction + 1e-9))
                    .sorted()
                    .toList();

            assertThat(places(TrustedLabels.mostConfident(doubles(confidences), fraction)))
                    .as("%s of %s", fraction, confidences)
                    .isEqualTo(expected);
        }
    }

    @Test
    void labels_of_low_losses_are_kept() {
        double[] losses = {0.01, 0.02, 0.9, 0.015, 1.1, 0.0, 1.0};

        TrustedLabels kept = TrustedLabels.lowLosses(losses, 0.5);

        assertThat(places(kept)).containsExactly(0, 1, 3, 5);
        assertThat(Objects.requireNonNull(kept.mixture()).lower().mean()).isLessThan(0.05);
    }

    @Test
    void where_there_is_nothing_to_divide_all_are_kept() {
        assertThat(places(TrustedLabels.lowLosses(new double[] {0.1, 2, 0.1}, 0.5)))
                .containsExactly(0, 1, 2);
        assertThat(places(TrustedLabels.lowLosses(new double[] {1, 1, 1, 1, 1}, 0.5)))
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(places(TrustedLabels.lowLosses(new double[0], 0.5))).isEmpty();
    }

    /// The labels that are handed on, by example, the way the paper writes it: sets, and what is in both.
    private static Map<Integer, List<String>> agreed(
            Set<Integer> first, Set<Integer> second, List<List<String>> a, List<List<String>> b, LabelAgreement rule) {
        Map<Integer, List<String>> agreed = new HashMap<>();
        for (int x = 0; x < a.size(); x++) {
            boolean differ = !a.get(x).equals(b.get(x));
            if (first.contains(x) && second.contains(x)) {
                if (!differ) agreed.put(x, a.get(x));
            } else if (rule == LabelAgreement.Union) {
                if (first.contains(x)) agreed.put(x, a.get(x));
                if (second.contains(x)) agreed.put(x, b.get(x));
            }
        }
        return agreed;
    }

    @Test
    void both_and_union_hand_on_what_sets_say_and_it_does_not_matter_who_is_asked_first() {
        Random random = new Random(2);
        int empty = 0;
        for (int table = 0; table < 200; table++) {
            int size = random.nextInt(15);
            double fraction = random.nextInt(3) / 2.0;
            List<List<String>> a = labels(random, size);
            List<List<String>> b = labels(random, size);
            TrustedLabels first = TrustedLabels.mostConfident(doubles(confidences(random, size)), fraction);
            TrustedLabels second = TrustedLabels.mostConfident(doubles(confidences(random, size)), fraction);
            Map<Integer, List<String>> both = handedOn(first, second, a, b, LabelAgreement.Both);
            Map<Integer, List<String>> union = handedOn(first, second, a, b, LabelAgreement.Union);

            assertThat(both).isEqualTo(agreed(set(first), set(second), a, b, LabelAgreement.Both));
            assertThat(union).isEqualTo(agreed(set(first), set(second), a, b, LabelAgreement.Union));
            assertThat(handedOn(second, first, b, a, LabelAgreement.Both)).isEqualTo(both);
            assertThat(union).containsAllEntriesOf(both);
            empty += both.isEmpty() ? 1 : 0;
        }
        assertThat(empty).isBetween(20, 180);
    }

    private static Set<Integer> set(TrustedLabels labels) {
        return labels.kept().stream().boxed().collect(Collectors.toSet());
    }

    /// Sentences of two words with few labels, so that many agree and some differ in one word only.
    private static List<List<String>> labels(Random random, int size) {
        List<List<String>> labels = new ArrayList<>();
        for (int i = 0; i < size; i++)
            labels.add(List.of(random.nextInt(4) == 0 ? "B-LOC" : "O", random.nextInt(4) == 0 ? "B-PER" : "O"));
        return labels;
    }

    private static Map<Integer, List<String>> handedOn(
            TrustedLabels first,
            TrustedLabels second,
            List<List<String>> a,
            List<List<String>> b,
            LabelAgreement rule) {
        PeerAgreement agreement = new PeerAgreement(rule);
        Map<Integer, List<String>> handedOn = new HashMap<>();
        for (int x = 0; x < a.size(); x++) {
            int place = x;
            Optional<List<String>> labels = agreement.labels(
                    first.kept().get(x), a.get(x), second.kept().get(x), b.get(x));
            labels.ifPresent(given -> handedOn.put(place, given));
        }
        long shared = IntStream.range(0, a.size())
                .filter(x -> first.kept().get(x) && second.kept().get(x))
                .count();
        assertThat(agreement.shared()).isEqualTo(shared);
        assertThat(agreement.agreed()).isLessThanOrEqualTo(shared);
        return handedOn;
    }
}
