package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.resource.CoTrainingRun;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TriTrainingIT extends OperatorTestBase {

    @Test
    void three_rounds_of_two_targets_complete() {
        rig.apply(Manifests.triTraining("three", 1));
        CoTrainingRun run = Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .until(
                        () -> rig.client()
                                .resources(CoTrainingRun.class)
                                .inNamespace(rig.namespace())
                                .withName("three")
                                .get(),
                        seen -> seen.getStatus() != null
                                && seen.getStatus().common().phase() == Phase.Succeeded);

        var status = Objects.requireNonNull(run.getStatus());
        assertThat(status.roundProgress()).isEqualTo("3/3");
        assertThat(status.bestScore()).isEqualTo("0.5000");
        assertThat(Objects.requireNonNull(status.models())).hasSizeGreaterThanOrEqualTo(6);
        assertThat(status.common().progress())
                .isEqualTo("%1$d/%1$d".formatted(rig.steps().size()));
    }
}
