package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.SelfTrain;
import dev.isogloss.planner.Settings;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.tensor.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// What self-training adds, round after round, against a reference that removes the surest one at a time.
class OwnLabelsTest {
    private static final int K = 3;

    @Property(tries = 100)
    void the_surest_share_is_added_in_each_round(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 1, max = 40) int texts) {
        SelfTrain settings = settings("{fraction: 0.1, rounds: 4}");
        int perRound = Math.max(1, Math.round(0.1f * texts));
        assertRounds(settings, texts, seed, 1, (left, table) -> {
            List<Integer> added = new ArrayList<>();
            while (added.size() < perRound && added.size() < left.size()) added.add(surest(left, added, table));
            return added;
        });
    }

    @Property(tries = 100)
    void as_many_of_each_label_are_added_in_each_round(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 1, max = 40) int texts) {
        SelfTrain settings = settings("{select: PerClass, perClass: 3, rounds: 4}");
        assertRounds(settings, texts, seed, 1, (left, table) -> {
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
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 1, max = 20) int texts) {
        SelfTrain settings = settings("{fraction: 0.25, rounds: 3}");
        int perRound = Math.max(1, Math.round(0.25f * texts));
        assertRounds(settings, texts, seed, 4, (left, table) -> {
            List<Integer> added = new ArrayList<>();
            while (added.size() < perRound && added.size() < left.size()) added.add(surest(left, added, table));
            return added;
        });
    }

    private interface Reference {
        List<Integer> added(List<Integer> left, Map<Integer, float[][]> table);
    }

    private static void assertRounds(SelfTrain settings, int texts, int seed, int units, Reference reference) {
        List<Item> pool = IntStream.range(0, texts)
                .mapToObj(i -> new Item(
                        i,
                        new int[units],
                        new int[units],
                        IntStream.range(0, units).toArray(),
                        0,
                        new int[units]))
                .toList();
        Map<Integer, int[]> expected = new TreeMap<>();
        try (OwnLabels labels = new OwnLabels(pool, K, settings)) {
            for (int round = 0; round < 4; round++) {
                List<Integer> left = labels.left();
                assertThat(left).containsExactlyElementsOf(without(expected, texts));
                Map<Integer, float[][]> table = table(left, units, RandomStream.of(seed, "table", round));
                labels.add(left, left.stream().map(table::get).toList());
                for (int i : reference.added(left, table)) {
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
        SelfTrain given = Settings.of(SelfTrain.class, yaml);
        return given.resolved(given.selection());
    }
}
