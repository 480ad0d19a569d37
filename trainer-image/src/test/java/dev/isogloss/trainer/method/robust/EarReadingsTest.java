package dev.isogloss.trainer.method.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.task.Head;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.method.finetune.FineTuning;
import dev.isogloss.trainer.method.finetune.SupervisedLoss;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the curve of EAR shows beside the loss.
class EarReadingsTest {
    /// One text in each of the two batches of an update, so that the mean over texts is one distance.
    private static final FineTune SETTINGS =
            SettingsReader.of(FineTune.class, "{batchSize: 1, gradientAccumulation: 2, dropout: 0}");

    /// Attention of an untrained model is nearly even, so what is pulled is small: a great weight shows it in the loss.
    private static final double PULL_WEIGHT = 1000;

    private final Model model = TinyTransfer.model(Head.Pooled);

    private FineTuning training(String terms) {
        Ear ear = SettingsReader.of(Ear.class, "{layer: 2, reduction: Sum, %s}".formatted(terms));
        var loss = new EarLoss(
                ear.resolved(), TinyTransfer.target(), SupervisedLoss.of(model, SETTINGS, Precision.Float32, 0), 1);
        return new FineTuning(
                model, List.of(TinyTransfer.source().subList(0, 16)), SETTINGS, Precision.Float32, 1, loss);
    }

    /// The losses of the batches of an update, each computed in a scope that is gone afterwards, as a training does.
    private static List<Double> losses(FineTuning training, long update) {
        List<Double> losses = new ArrayList<>();
        for (Objective.Part part : training.objectives(update).getFirst().parts()) {
            try (Scope _ = Scope.open();
                    GradMode _ = GradMode.enabled()) {
                losses.add(part.loss().get().toDouble());
            }
        }
        return losses;
    }

    @Test
    void readings_are_the_terms_of_the_last_batch_and_outlive_its_tensors() {
        try (model;
                FineTuning plain = training("push: Nothing, pull: Nothing");
                FineTuning pushed = training("push: Embeddings, pull: Nothing, pushWeight: 1");
                FineTuning both = training("push: Embeddings, pushWeight: 1, pullWeight: " + PULL_WEIGHT)) {
            assertThat(both.readings()).isEmpty();
            assertThat(losses(plain, 0)).hasSize(2);
            assertThat(plain.readings()).isEmpty();
            for (long update = 0; update < 2; update++) {
                double without = losses(plain, update).getLast();
                double withPush = losses(pushed, update).getLast();
                double withBoth = losses(both, update).getLast();

                Map<String, Double> readings = both.readings();

                assertThat(readings.keySet()).containsExactly("push", "distance", "pull");
                assertThat(readings.get("push")).isLessThan(-1).isCloseTo(withPush - without, within(1e-4));
                assertThat(readings.get("distance")).isCloseTo(Math.sqrt(without - withPush), within(1e-4));
                assertThat(readings.get("pull"))
                        .isGreaterThan(1e-5)
                        .isCloseTo((withBoth - withPush) / PULL_WEIGHT, within(1e-7));
            }
        }
    }
}
