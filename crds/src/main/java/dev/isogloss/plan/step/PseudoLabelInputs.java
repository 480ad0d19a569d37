package dev.isogloss.plan.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a training of a later round reads beside the gold labels.
///
/// @param selected the selections whose pseudo-labels it learns from, in the order in which they are read
/// @param history  the rounds before, and when they say that another one is not worth it; null: always train
public record PseudoLabelInputs(
        List<StepKey> selected, @Nullable EarlierRounds history) {

    public PseudoLabelInputs {
        selected = List.copyOf(selected);
    }

    /// The steps whose output is read.
    Set<StepKey> inputs() {
        Set<StepKey> inputs = new TreeSet<>(selected);
        if (history != null) history.rounds().forEach(inputs::addAll);
        return inputs;
    }

    /// Earlier rounds. A round gained if one of its models has a higher selection score than that model had in any
    /// round before. After `patience` rounds in a row without gain nothing is trained: the model of the last round
    /// stands for this one as well.
    ///
    /// @param rounds the trainings of each round, the models in the same order everywhere
    /// @param own    the place of this step's model among them
    public record EarlierRounds(List<List<StepKey>> rounds, int own, int patience) {

        public EarlierRounds {
            rounds = rounds.stream().map(List::copyOf).toList();
        }

        /// Whether the rounds say to stop.
        ///
        /// @param scores [round][model], higher is better
        public static boolean isOver(List<List<Double>> scores, int patience) {
            if (scores.isEmpty() || patience == 0) return false;
            List<Double> best = new ArrayList<>(scores.getFirst());
            int stale = 0;
            for (List<Double> round : scores.subList(1, scores.size())) {
                boolean gained = false;
                for (int model = 0; model < best.size(); model++) {
                    if (round.get(model) <= best.get(model)) continue;
                    best.set(model, round.get(model));
                    gained = true;
                }
                stale = gained ? 0 : stale + 1;
                if (stale >= patience) return true;
            }
            return false;
        }
    }
}
