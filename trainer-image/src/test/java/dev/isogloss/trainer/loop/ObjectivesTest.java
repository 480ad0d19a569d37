package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.Optimiser;
import dev.isogloss.api.method.Schedule;
import dev.isogloss.trainer.method.LearningRate;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.ParameterGroup;
import dev.isogloss.trainer.tensor.Parameters;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An update of two objectives, of which the first has two micro-batches: two numbers, each stepped for one of them.
///
///     first   ¼(2a + 4) + ¾(2 − a)      a descends
///     second  3 − 2b + a                b descends
///
/// The first step of AdamW is as long as the rate, 0.1, whatever the gradient's length.
class ObjectivesTest {
    @TempDir
    Path folder;

    /// By hand: ∂first/∂a = −¼, so that a becomes 0.1; ∂second/∂b = −2, and so does b. Without their weights the
    /// micro-batches would send a the other way.
    @Test
    void each_objective_steps_its_own_parameters_by_the_weighted_sum_of_its_micro_batches() {
        try (Players players = new Players(1)) {
            train(players);

            assertThat(players.of("a")).isCloseTo(0.1, within(1e-6));
            assertThat(players.of("b")).isCloseTo(0.1, within(1e-6));
        }
    }

    /// 2.5 before a has stepped, and 3.1 after.
    @Test
    void the_loss_of_an_update_is_the_sum_of_its_objectives_each_computed_after_the_one_before_has_stepped() {
        try (Players players = new Players(1)) {
            assertThat(train(players).losses).singleElement().satisfies(loss -> assertThat(loss)
                    .isCloseTo(2.5 + 3.1, within(1e-6)));
        }
    }

    @Test
    void a_line_of_the_curve_has_the_mean_loss_since_the_line_before_and_the_methods_readings() {
        try (Players players = new Players(400)) {
            Recorder seen = train(players);

            assertThat(seen.lines.keySet()).hasSize(200).startsWith(2L, 4L, 6L);
            seen.lines.forEach((update, line) -> assertThat(line)
                    .containsEntry("players", 2.0)
                    .hasEntrySatisfying("loss", loss -> assertThat(loss)
                            .isEqualTo(
                                    (seen.losses.get((int) (update - 2)) + seen.losses.get((int) (update - 1))) / 2)));
        }
    }

    @Test
    void what_an_objective_read_is_told_once_an_update() {
        try (Players players = new Players(3)) {
            assertThat(train(players).read).containsExactly("5, 40", "7, 70", "5, 40", "7, 70", "5, 40", "7, 70");
        }
    }

    private Recorder train(Players players) {
        Recorder recorder = new Recorder();
        new Training(players, null, new Checkpoints(folder), Duration.ofHours(1), 0, recorder).run();
        return recorder;
    }

    private static final class Players implements Method {
        private final Parameters parameters = new Parameters();
        private final long updates;

        Players(long updates) {
            this.updates = updates;
            try (Scope _ = Scope.open()) {
                parameters.put("a", Tensor.zeros(1));
                parameters.put("b", Tensor.zeros(1));
            }
        }

        double of(String name) {
            return parameters.get(name).toFloats()[0];
        }

        @Override
        public Optimisation optimisation() {
            return new Optimisation(List.of(group("a"), group("b")), updates, updates);
        }

        private ParameterGroup group(String name) {
            var own = parameters.byName();
            own.keySet().retainAll(List.of(name));
            return new ParameterGroup(
                    name,
                    own,
                    new LearningRate(0.1, Schedule.Constant, 0, updates),
                    new Optimiser(0, 0.9, 0.999, 1e-8, 0, Schedule.Constant, 0));
        }

        @Override
        public List<Objective> objectives(long update) {
            Tensor a = parameters.get("a");
            Tensor b = parameters.get("b");
            return List.of(
                    new Objective(
                            "first",
                            List.of(
                                    new Objective.Part(
                                            0.25, () -> a.sum().times(2).plus(4)),
                                    new Objective.Part(
                                            0.75, () -> a.sum().negate().plus(2))),
                            List.of("a"),
                            5,
                            40),
                    new Objective(
                            "second",
                            List.of(new Objective.Part(
                                    1, () -> b.sum().times(-2).plus(a.sum()).plus(3))),
                            List.of("b"),
                            7,
                            70));
        }

        @Override
        public Map<String, Double> readings() {
            return Map.of("players", 2.0);
        }

        @Override
        public void close() {
            parameters.close();
        }
    }

    private static final class Recorder implements TrainingListener {
        final List<Double> losses = new ArrayList<>();
        final List<String> read = new ArrayList<>();
        final Map<Long, Map<String, Double>> lines = new LinkedHashMap<>();

        @Override
        public void resumed(long update) {}

        @Override
        public void updated(long update, long of, double loss) {
            losses.add(loss);
        }

        @Override
        public void read(long examples, long tokens) {
            read.add(examples + ", " + tokens);
        }

        @Override
        public void curve(long update, Map<String, Double> values) {
            lines.put(update, values);
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
