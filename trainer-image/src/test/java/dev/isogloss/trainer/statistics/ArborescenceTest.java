package dev.isogloss.trainer.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside a search through every vector of heads.
class ArborescenceTest {

    /// The numbers that scores are made of: many, or so few that most trees are as good as others.
    private static double[][] scores(int words, long draw, IntToDoubleFunction number) {
        RandomStream random = RandomStream.of(draw, "scores", words);
        double[][] scores = new double[words + 1][words + 1];
        for (double[] row : scores)
            for (int j = 0; j < row.length; j++) row[j] = number.applyAsDouble(random.nextInt(1000));
        return scores;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void the_tree_is_the_best_of_all_trees_with_one_word_at_the_root(int words) {
        List<int[]> trees = trees(words, true);
        for (int draw = 0; draw < 170; draw++)
            requireBest(scores(words, draw, n -> Math.log((n + 1) / 1001.0)), trees, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void so_it_is_where_many_trees_are_equally_good(int words) {
        List<int[]> trees = trees(words, true);
        for (int draw = 0; draw < 170; draw++) {
            requireBest(scores(words, draw, n -> n % 2), trees, true);
            requireBest(scores(words, draw, n -> n % 3 - 7), trees, true);
        }
        requireBest(scores(words, 0, _ -> 0), trees, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void without_a_bound_on_roots_it_is_the_best_of_all_trees(int words) {
        List<int[]> trees = trees(words, false);
        for (int draw = 0; draw < 170; draw++) {
            requireBest(scores(words, draw, n -> n / 100.0), trees, false);
            requireBest(scores(words, draw, n -> n % 3), trees, false);
        }
    }

    private static void requireBest(double[][] scores, List<int[]> trees, boolean single) {
        double[][] before = Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);

        int[] heads = single ? Arborescence.singleRoot(scores) : Arborescence.anyRoots(scores);

        assertThat(isTree(heads, single)).as(Arrays.toString(heads)).isTrue();
        double best =
                trees.stream().mapToDouble(tree -> sum(before, tree)).max().orElseThrow();
        assertThat(sum(before, heads)).as(Arrays.deepToString(before)).isCloseTo(best, within(1e-9));
        assertThat(scores).as("the scores that were given").isDeepEqualTo(before);
    }

    /// Two words would rather hang on the root; the one that loses least by it stays there.
    @Test
    void one_word_alone_hangs_on_the_root() {
        double[][] scores = {{0, 0, 0}, {9, 0, 1}, {8, 3, 0}};

        assertThat(Arborescence.anyRoots(scores)).containsExactly(0, 0, 0);
        assertThat(Arborescence.singleRoot(scores)).containsExactly(0, 0, 1);
    }

    @Test
    void a_cycle_within_a_cycle_is_broken_where_it_costs_least() {
        double[][] scores = {
            {0, 0, 0, 0, 0},
            {1, 0, 10, 9, 0},
            {0, 10, 0, 0, 5},
            {0, 0, 9.5, 0, 9},
            {0, 0, 0, 9, 0}
        };

        assertThat(Arborescence.singleRoot(scores)).containsExactly(0, 0, 1, 2, 3);
    }

    @Test
    void a_sentence_of_500_words_that_hold_each_other_in_pairs_is_a_tree() {
        int words = 500;
        double[][] scores = scores(words, 1, n -> n / 1000.0);
        for (int i = 1; i < words; i += 2) {
            scores[i][i + 1] = 5;
            scores[i + 1][i] = 5;
        }

        assertThat(isTree(Arborescence.singleRoot(scores), true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_score_that_is_no_number_is_refused(double score) {
        double[][] scores = scores(3, 0, n -> n);
        scores[2][1] = score;

        assertThatThrownBy(() -> Arborescence.singleRoot(scores))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("head 1 for word 2");
    }

    private static double sum(double[][] scores, int[] heads) {
        return IntStream.range(1, heads.length)
                .mapToDouble(i -> scores[i][heads[i]])
                .sum();
    }

    private static List<int[]> trees(int words, boolean single) {
        List<int[]> trees = new ArrayList<>();
        int vectors = (int) Math.pow(words + 1, words);
        for (int number = 0; number < vectors; number++) {
            int[] heads = new int[words + 1];
            int rest = number;
            for (int i = 1; i <= words; i++, rest /= words + 1) heads[i] = rest % (words + 1);
            if (isTree(heads, single)) trees.add(heads);
        }
        return trees;
    }

    private static boolean isTree(int[] heads, boolean single) {
        int roots = 0;
        for (int i = 1; i < heads.length; i++) {
            if (heads[i] == 0) roots++;
            int node = i;
            for (int steps = 0; node != 0; steps++) {
                if (steps > heads.length) return false;
                node = heads[node];
            }
        }
        return roots >= 1 && (!single || roots == 1);
    }
}
