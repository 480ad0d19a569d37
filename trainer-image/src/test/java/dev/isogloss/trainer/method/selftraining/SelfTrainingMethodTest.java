package dev.isogloss.trainer.method.selftraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.Optimisation;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an update of a self-training descends, and how many of them there are. Sixteen texts of the target.
class SelfTrainingMethodTest {

    /// CE(source) + CE(target) with the most probable labels, of one text at a time and in doubles.
    @Test
    void the_model_learns_the_sources_labels_and_its_own_of_the_target() {
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, "{batchSize: 40, dropout: 0, fraction: 1}");
                Scope _ = Scope.open()) {
            double loss = method.objectives(0)
                    .getFirst()
                    .parts()
                    .getFirst()
                    .loss()
                    .get()
                    .toDouble();

            double gold = 0;
            for (Item item : TinyTransfer.source()) gold -= Math.log(probabilities(model, item)[item.targets()[0]]);
            double own = 0;
            for (Item item : TinyTransfer.target())
                own -= Math.log(Arrays.stream(probabilities(model, item)).max().orElseThrow());
            assertThat(loss).isCloseTo(gold / 20 + own / 16, within(1e-5));
            assertThat(method.readings()).containsExactly(Map.entry("pseudoLabelled", 16.0));
        }
    }

    /// By hand, in batches of four: rounds over 4, 8, 12 and 16 texts have 1, 2, 3 and 4 updates; two rounds of two of
    /// each of three classes go over 6 and 12 texts at most, and of eight over all 16.
    @Test
    void a_round_goes_over_what_was_added_so_far_and_an_epoch_is_an_average_round() {
        assertUpdates("{batchSize: 4, fraction: 0.25}", 10, 2);
        assertUpdates("{batchSize: 40, fraction: 0.25}", 4, 1);
        assertUpdates("{batchSize: 4, select: PerClass, perClass: 2, rounds: 2}", 2 + 3, 2);
        assertUpdates("{batchSize: 4, select: PerClass, perClass: 8, rounds: 2}", 4 + 4, 4);
    }

    private static void assertUpdates(String yaml, long updates, long anEpoch) {
        try (Model model = TinyTransfer.model(Head.Pooled);
                var method = method(model, yaml)) {
            Optimisation optimisation = method.optimisation();

            assertThat(optimisation.updates()).isEqualTo(updates);
            assertThat(optimisation.updatesPerEpoch()).isEqualTo(anEpoch);
        }
    }

    private static double[] probabilities(Model model, Item item) {
        double[] powers = Arrays.stream(model.logits(model.batch(List.of(item)), Dropout.none(), Precision.Float32)
                        .toDoubles())
                .map(Math::exp)
                .toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / sum).toArray();
    }

    private static SelfTrainingMethod method(Model model, String yaml) {
        SelfTrain given = SettingsReader.of(SelfTrain.class, yaml);
        return new SelfTrainingMethod(
                model,
                Map.of(),
                TinyTransfer.source(),
                new UnlabelledItems(TinyTransfer.target()),
                given.resolved(given.selection()),
                Precision.Float32,
                1);
    }
}
