package dev.isogloss.plan.step;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.json.LeftOutAt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pseudo-labels that a training of a later round reads beside the gold labels, and when it need not train.
///
/// @param selected the selections whose pseudo-labels it learns from, in the order in which they are read
/// @param history  the rounds before, and when they say that another one is not worth it; null: always train
/// @param only     whether it learns from nothing else; the gold labels then only say which labels there are
public record PseudoLabelInputs(
        List<StepKey> selected,
        @Nullable EarlierRounds history,
        @LeftOutAt("false") boolean only) {

    public PseudoLabelInputs {
        selected = Bounds.some("selected", selected);
    }

    /// Beside the gold labels.
    public PseudoLabelInputs(List<StepKey> selected, @Nullable EarlierRounds history) {
        this(selected, history, false);
    }

    List<Input> reads() {
        Stream<StepKey> rounds =
                history == null ? Stream.of() : history.rounds().stream().flatMap(List::stream);
        return Stream.concat(selected.stream(), rounds)
                .<Input>map(Input.StepOutput::new)
                .toList();
    }

    /// Earlier rounds. A round gained if one of its models has a higher selection score than that model had in any
    /// round before. After `patience` rounds in a row without gain nothing is trained: the model of the last round
    /// stands for this one as well.
    ///
    /// @param rounds the trainings of each round, the models in the same order everywhere
    /// @param own    the place of this step's model among them
    public record EarlierRounds(List<List<StepKey>> rounds, int own, int patience) {

        public EarlierRounds {
            rounds = Bounds.some("rounds", rounds).stream()
                    .map(round -> Bounds.some("a round", round))
                    .toList();
            int models = rounds.getFirst().size();
            if (rounds.stream().anyMatch(round -> round.size() != models))
                throw new IllegalArgumentException("every round has the same models; one does not have " + models);
            if (own < 0 || own >= models)
                throw new IllegalArgumentException(
                        "own is %d, and a round has models 0 to %d".formatted(own, models - 1));
            Bounds.atLeast("patience", patience, 1);
        }

        /// True if the rounds say to stop.
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
