package dev.isogloss.trainer.method.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Criterion;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a method may add to a fine-tuning.
class AuxiliaryObjectiveTest {
    private static final FineTune SETTINGS =
            SettingsReader.of(FineTune.class, "{epochs: 2, batchSize: 4, gradientAccumulation: 2, learningRate: 1e-3}");

    @TempDir
    Path folder;

    private int trainings;

    @Test
    void perturbed_embeddings_are_what_the_layers_read() {
        float[] plain = trained(AuxiliaryObjective.NONE);

        assertThat(trained(new Shift(0))).containsExactly(plain);
        assertThat(trained(new Shift(0.1))).isNotEqualTo(plain);
    }

    private record Shift(double by) implements AuxiliaryObjective {
        @Override
        public Tensor embeddings(Tensor embedded, Batch batch, Micro micro) {
            return embedded.plus(by);
        }
    }

    @Test
    void a_loss_beside_the_head_s_sees_the_states_it_asked_for() {
        var objective = new AuxiliaryObjective() {
            int states;

            @Override
            public OutputRequest read(OutputRequest head) {
                return head.withHidden();
            }

            @Override
            public Tensor loss(EncoderOutput encoded, Batch batch, int[] items, Micro micro) {
                states = encoded.hidden().size();
                return encoded.hidden().get(1).square().mean();
            }

            @Override
            public Map<String, Double> readings() {
                return Map.of("states", (double) states);
            }
        };

        assertThat(trained(objective)).isNotEqualTo(trained(AuxiliaryObjective.NONE));
        assertThat(objective.states).isEqualTo(3); // embeddings and two layers
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            assertThat(method(model, objective).readings()).containsEntry("states", 3.0);
        }
    }

    @Test
    void an_objective_is_closed_with_the_training() {
        List<String> told = new ArrayList<>();
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            FineTuning training = method(model, new AuxiliaryObjective() {
                @Override
                public void close() {
                    told.add("closed");
                }
            });
            assertThat(told).isEmpty();

            training.close();

            assertThat(told).containsExactly("closed");
        }
    }

    @Test
    void an_objective_that_makes_all_passes_itself_replaces_the_first() {
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            var whole = new AuxiliaryObjective() {
                @Override
                public @Nullable Tensor whole(Batch batch, Micro micro) {
                    return model.loss(batch, Criterion.CROSS_ENTROPY, micro.dropout(), Precision.Float32);
                }

                @Override
                public Tensor embeddings(Tensor embedded, Batch batch, Micro micro) {
                    throw new AssertionError("the first pass was made");
                }
            };
            new TinyTransfer(folder.resolve("whole")).train(method(model, whole), update -> {});

            assertThat(TinyTransfer.weights(model)).containsExactly(trained(AuxiliaryObjective.NONE));
        }
    }

    @Test
    void micro_batches_are_numbered_and_a_second_pass_draws_other_masks() {
        List<Long> numbers = new ArrayList<>();
        List<Boolean> same = new ArrayList<>();
        trained(new AuxiliaryObjective() {
            @Override
            public @Nullable Tensor loss(EncoderOutput encoded, Batch batch, int[] items, Micro micro) {
                numbers.add(micro.number());
                float[] first = Dropout.of(SETTINGS.dropout(), 1, micro.number())
                        .fork()
                        .mask(64)
                        .toFloats();
                same.add(Arrays.equals(first, micro.dropout().fork().mask(64).toFloats()));
                return null;
            }
        });

        // 20 items in batches of 4, two batches an update: the last update of an epoch has one.
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L, 10L);
        assertThat(same).containsOnly(false);
    }

    private float[] trained(AuxiliaryObjective objective) {
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            new TinyTransfer(folder.resolve("training" + trainings++)).train(method(model, objective), update -> {});
            return TinyTransfer.weights(model);
        }
    }

    private static FineTuning method(Model model, AuxiliaryObjective objective) {
        return new FineTuning(model, List.of(TinyTransfer.source()), SETTINGS, Precision.Float32, 1, objective);
    }
}
