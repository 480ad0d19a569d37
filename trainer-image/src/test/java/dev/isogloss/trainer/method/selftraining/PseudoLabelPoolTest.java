package dev.isogloss.trainer.method.selftraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.UnlabelledItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What self-training adds, round after round, against a reference that removes the surest one at a time.
class PseudoLabelPoolTest {
    private static final int K = 3;

    @Property(tries = 100)
    void the_surest_share_is_added_in_each_round(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 10, max = 40) int texts) {
        assertShares("{fraction: 0.1, rounds: 4}", 0.1, texts, seed, 1);
    }

    @Property(tries = 100)
    void as_many_of_each_label_are_added_in_each_round(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 1, max = 40) int texts) {
        SelfTrain settings = settings("{select: PerClass, perClass: 3, rounds: 4}");
        assertRounds(settings, texts, seed, 1, (_, left, table) -> {
            List<Integer> added = new ArrayList<>();
            for (int label = 0; label < K; label++) {
                int wanted = label;
                List<Integer> of = left.stream()
                        .filter(i -> best(table.get(i)[0]) == wanted)
                        .toList();
                List<Integer> own = new ArrayList<>();
                while (own.size() < 3 && own.size() < of.size()) own.add(surest(of, own, table));
                added.addAll(own);
            }
            return added;
        });
    }

    @Property(tries = 50)
    void a_sentence_is_as_sure_as_its_words_are_on_average(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 4, max = 20) int texts) {
        assertShares("{fraction: 0.25, rounds: 3}", 0.25, texts, seed, 4);
    }

    /// Of twenty-five texts a tenth is two and a half; of ten, three twentieths are one and a half.
    @Test
    void what_a_round_rounds_off_the_next_one_makes_up_for() {
        assertThat(labelledAfter("{fraction: 0.1}", 25)).containsExactly(3, 5, 8, 10, 13, 15, 18, 20, 23, 25);
        assertThat(labelledAfter("{fraction: 0.15}", 10)).containsExactly(2, 3, 5, 6, 8, 9, 10);
        assertThat(labelledAfter("{fraction: 0.15, rounds: 3}", 10)).containsExactly(2, 3, 5);
    }

    @Test
    void where_a_share_is_a_whole_number_of_texts_a_round_adds_it() {
        assertThat(labelledAfter("{fraction: 0.3}", 10)).containsExactly(3, 6, 9, 10);
        assertThat(labelledAfter("{fraction: 0.25, rounds: 6}", 16)).containsExactly(4, 8, 12, 16, 16, 16);
        assertThat(labelledAfter("{fraction: 0.02}", 100)).hasSize(50).startsWith(2, 4, 6, 8);
    }

    @Test
    void a_round_that_would_add_nothing_is_passed_over() {
        assertThat(labelledAfter("{fraction: 0.0005}", 5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(labelledAfter("{fraction: 0.0005, rounds: 1}", 5)).containsExactly(1);
        assertThat(labelledAfter("{fraction: 0.3}", 3)).containsExactly(1, 2, 3);
        assertThat(labelledAfter("{fraction: 0.3, rounds: 6}", 3)).containsExactly(1, 2, 3, 3, 3);
    }

    @Property(tries = 300)
    void every_round_adds_something_until_all_texts_are_used(
            @ForAll @IntRange(min = 1, max = 1000) int thousandths, @ForAll @IntRange(min = 1, max = 500) int texts) {
        double fraction = thousandths / 1000.0;
        SelfTrain settings = settings("{fraction: " + fraction + "}");
        try (PseudoLabelPool labels = new PseudoLabelPool(new UnlabelledItems(pool(texts, 1)), K, settings)) {
            assertThat(labels.rounds()).isBetween(1, settings.roundsToUseAll());
            for (int round = 0; round < labels.rounds(); round++) {
                assertThat(labels.most(round)).isGreaterThan(round == 0 ? 0 : labels.most(round - 1));
                // within half a text of where a whole number of shares is, but for the first and the last text
                double shares = Math.rint(labels.most(round) / (fraction * texts));
                if (fraction * texts >= 1 && labels.most(round) < texts)
                    assertThat(Math.abs(labels.most(round) - shares * fraction * texts))
                            .isLessThan(0.5 + 1e-9);
            }
            assertThat(labels.most(labels.rounds() - 1)).isEqualTo(texts);
        }
    }

    /// A window of a long sentence may own no word.
    @Test
    void a_text_without_anything_to_predict_is_neither_left_nor_learnt() {
        List<Item> pool =
                List.of(pool(1, 0).getFirst(), pool(1, 2).getFirst(), pool(1, 0).getFirst());
        try (PseudoLabelPool labels = new PseudoLabelPool(new UnlabelledItems(pool), K, settings("{fraction: 1}"))) {
            assertThat(labels.left()).containsExactly(1);

            labels.add(0, labels.left(), List.<float[][]>of(new float[][] {{0, 1, 0}, {0, 0, 1}}));

            assertThat(labels.left()).isEmpty();
            assertThat(labels.learnt()).extracting(Item::targets).containsExactly(new int[] {1, 2});
        }
    }

    private static List<Integer> labelledAfter(String yaml, int texts) {
        List<Item> pool = pool(texts, 1);
        List<Integer> labelled = new ArrayList<>();
        try (PseudoLabelPool labels = new PseudoLabelPool(new UnlabelledItems(pool), K, settings(yaml))) {
            for (int round = 0; round < labels.rounds(); round++) {
                List<Integer> left = labels.left();
                Map<Integer, float[][]> table = table(left, 1, RandomStream.of(1, "table", round));
                labels.add(round, left, left.stream().map(table::get).toList());
                labelled.add(labels.learnt().size());
            }
        }
        return labelled;
    }

    private static void assertShares(String yaml, double fraction, int texts, int seed, int units) {
        double share = fraction * texts;
        assertRounds(settings(yaml), texts, seed, units, (round, left, table) -> {
            long before = Math.min(texts, Math.round(round * share));
            long after = Math.min(texts, Math.round((round + 1) * share));
            List<Integer> added = new ArrayList<>();
            while (added.size() < after - before) added.add(surest(left, added, table));
            return added;
        });
    }

    private interface Reference {
        List<Integer> added(int round, List<Integer> left, Map<Integer, float[][]> table);
    }

    private static List<Item> pool(int texts, int units) {
        return IntStream.range(0, texts)
                .mapToObj(i -> new Item(
                        i,
                        new int[units],
                        new int[units],
                        IntStream.range(0, units).toArray(),
                        0,
                        new int[units]))
                .toList();
    }

    private static void assertRounds(SelfTrain settings, int texts, int seed, int units, Reference reference) {
        List<Item> pool = pool(texts, units);
        Map<Integer, int[]> expected = new TreeMap<>();
        try (PseudoLabelPool labels = new PseudoLabelPool(new UnlabelledItems(pool), K, settings)) {
            for (int round = 0; round < labels.rounds(); round++) {
                List<Integer> left = labels.left();
                assertThat(left).containsExactlyElementsOf(without(expected, texts));
                Map<Integer, float[][]> table = table(left, units, RandomStream.of(seed, "table", round));
                labels.add(round, left, left.stream().map(table::get).toList());
                for (int i : reference.added(round, left, table)) {
                    int[] own = new int[units];
                    for (int u = 0; u < units; u++) own[u] = best(table.getOrDefault(i, new float[units][K])[u]);
                    expected.put(i, own);
                }
                List<Item> learnt = labels.learnt();
                assertThat(learnt).extracting(Item::example).containsExactlyElementsOf(expected.keySet());
                for (Item item : learnt) assertThat(item.targets()).containsExactly(expected.get(item.example()));
            }
        }
    }

    private static List<Integer> without(Map<Integer, int[]> expected, int texts) {
        return IntStream.range(0, texts)
                .filter(i -> !expected.containsKey(i))
                .boxed()
                .toList();
    }

    /// Coarse probabilities, so that many are equal.
    private static Map<Integer, float[][]> table(List<Integer> of, int units, RandomStream random) {
        Map<Integer, float[][]> table = new HashMap<>();
        for (int i : of) {
            float[][] rows = new float[units][];
            for (int u = 0; u < units; u++) {
                float sure = 0.5f + random.nextInt(4) / 8f;
                rows[u] = new float[] {(1 - sure) / 2, (1 - sure) / 2, (1 - sure) / 2};
                rows[u][random.nextInt(K)] = sure;
            }
            table.put(i, rows);
        }
        return table;
    }

    private static int best(float[] row) {
        int best = 0;
        for (int j = 1; j < row.length; j++) if (row[j] > row[best]) best = j;
        return best;
    }

    /// The first of the surest that is not taken yet.
    private static int surest(List<Integer> among, List<Integer> taken, Map<Integer, float[][]> table) {
        int surest = -1;
        double highest = -1;
        for (int i : among) {
            double sum = 0;
            for (float[] row : table.getOrDefault(i, new float[0][])) sum += row[best(row)];
            double mean = sum / table.getOrDefault(i, new float[1][]).length;
            if (!taken.contains(i) && mean > highest) {
                surest = i;
                highest = mean;
            }
        }
        return surest;
    }

    private static SelfTrain settings(String yaml) {
        SelfTrain given = SettingsReader.of(SelfTrain.class, yaml);
        return given.resolved(given.selection());
    }
}
