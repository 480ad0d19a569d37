package dev.isogloss.trainer.statistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// The best tree over the words of a sentence: the spanning arborescence of the greatest sum of arc scores that is
/// rooted at node 0, by Chu & Liu 1965 and Edmonds 1967. Cycles are contracted in place, O(n²) each.
public final class Arborescence {
    private final double[][] score;
    private final boolean[] gone;
    private final int[] head;
    private final Deque<Contraction> contractions = new ArrayDeque<>();

    /// A cycle that became one node.
    ///
    /// @param cycle     its nodes; the first one stands for all from here on
    /// @param best      head[i] of each of its nodes within the cycle
    /// @param entrance  for a head outside, the node of the cycle that it would take over
    /// @param governor  for a dependent outside, the node of the cycle that would be its head
    private record Contraction(int[] cycle, int[] best, int[] entrance, int[] governor) {}

    private Arborescence(double[][] score) {
        this.score = score;
        this.gone = new boolean[score.length];
        this.head = new int[score.length];
    }

    /// The best tree in which exactly one word hangs on the root. Of heads that are equally good the lower one is
    /// tried first.
    ///
    /// Arcs from the root are lowered by more than any tree can win elsewhere, so that a tree with one beats every
    /// tree with two.
    ///
    /// @param score [n + 1][n + 1], finite: `score[i][j]` of the head j for the word i; row 0 and the
    ///              diagonal are not read
    /// @return [n + 1]: the head of each word; that of the root is 0
    /// @throws IllegalArgumentException if a score is not finite
    public static int[] singleRoot(double[][] score) {
        requireFinite(score);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < score.length; i++)
            for (int j = 0; j < score.length; j++)
                if (i != j) {
                    least = Math.min(least, score[i][j]);
                    most = Math.max(most, score[i][j]);
                }
        double penalty = 1 + score.length * (most - least);
        double[][] lowered = Arrays.stream(score).map(double[]::clone).toArray(double[][]::new);
        for (int i = 1; i < score.length; i++) lowered[i][0] -= penalty;
        return anyRoots(lowered);
    }

    /// The best tree, however many words hang on the root.
    ///
    /// @param score as in [#singleRoot]
    static int[] anyRoots(double[][] score) {
        requireFinite(score);
        return new Arborescence(Arrays.stream(score).map(double[]::clone).toArray(double[][]::new)).solve();
    }

    private static void requireFinite(double[][] score) {
        for (int i = 1; i < score.length; i++)
            for (int j = 0; j < score.length; j++)
                if (i != j && !Double.isFinite(score[i][j]))
                    throw new IllegalArgumentException(
                            "the score of head %d for word %d is %s".formatted(j, i, score[i][j]));
    }

    private int[] solve() {
        while (true) {
            for (int i = 1; i < head.length; i++) if (!gone[i]) head[i] = bestHead(i);
            List<Integer> cycle = cycle();
            if (cycle.isEmpty()) break;
            contract(cycle.stream().mapToInt(Integer::intValue).toArray());
        }
        while (!contractions.isEmpty()) expand(contractions.pop());
        return head;
    }

    private int bestHead(int dependent) {
        int best = -1;
        for (int j = 0; j < head.length; j++) {
            if (j == dependent || gone[j]) continue;
            if (best < 0 || score[dependent][j] > score[dependent][best]) best = j;
        }
        return best;
    }

    /// The nodes of a cycle; none if the heads are a tree.
    private List<Integer> cycle() {
        int[] seenFrom = new int[head.length];
        for (int start = 1; start < head.length; start++) {
            if (gone[start]) continue;
            int node = start;
            while (node != 0 && seenFrom[node] == 0) {
                seenFrom[node] = start;
                node = head[node];
            }
            if (node == 0 || seenFrom[node] != start) continue;
            List<Integer> cycle = new ArrayList<>();
            for (int next = node; cycle.isEmpty() || next != node; next = head[next]) cycle.add(next);
            return cycle;
        }
        return List.of();
    }

    /// A head outside that takes over node i of the cycle wins score[i][h] and loses what i's head within it gave.
    private void contract(int[] cycle) {
        int stands = cycle[0];
        int[] best = Arrays.stream(cycle).map(i -> head[i]).toArray();
        int[] entrance = new int[head.length];
        int[] governor = new int[head.length];
        boolean[] inside = new boolean[head.length];
        for (int node : cycle) inside[node] = true;
        for (int outside = 0; outside < head.length; outside++) {
            if (gone[outside] || inside[outside]) continue;
            double enter = Double.NEGATIVE_INFINITY;
            double leave = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < cycle.length; i++) {
                double gain = score[cycle[i]][outside] - score[cycle[i]][best[i]];
                if (gain > enter) {
                    enter = gain;
                    entrance[outside] = i;
                }
                if (outside != 0 && score[outside][cycle[i]] > leave) {
                    leave = score[outside][cycle[i]];
                    governor[outside] = cycle[i];
                }
            }
            score[stands][outside] = enter;
            if (outside != 0) score[outside][stands] = leave;
        }
        for (int node : cycle) gone[node] = node != stands;
        contractions.push(new Contraction(cycle, best, entrance, governor));
    }

    private void expand(Contraction made) {
        int stands = made.cycle()[0];
        for (int i = 1; i < head.length; i++)
            if (!gone[i] && i != stands && head[i] == stands) head[i] = made.governor()[i];
        int from = head[stands];
        for (int i = 0; i < made.cycle().length; i++) {
            head[made.cycle()[i]] = made.best()[i];
            gone[made.cycle()[i]] = false;
        }
        head[made.cycle()[made.entrance()[from]]] = from;
    }
}
