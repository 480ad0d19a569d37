package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Many runs at once of three models, two of which teach the third.
class TriTrainingE2E extends SimulatedTestBase {
    private static final int RUNS = 20;

    @Test
    void twenty_runs_of_three_rounds_and_two_targets_complete() {
        for (int seed = 1; seed <= RUNS; seed++) rig.apply(Manifests.triTraining("tri-" + seed, seed));

        Awaitility.await()
                .atMost(Duration.ofMinutes(45))
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(runs())
                        .hasSize(RUNS)
                        .allMatch(run -> run.getStatus() != null
                                && run.getStatus().common().phase() == Phase.Succeeded));

        for (CoTrainingRun run : runs()) {
            var status = Objects.requireNonNull(run.getStatus());
            assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(StatusSize.MOST_BYTES);
            assertThat(status.roundProgress()).isEqualTo("3/3");
            assertThat(status.bestScore()).isEqualTo("0.5000");
        }
        assertThat(steps())
                .hasSizeGreaterThan(RUNS * 150)
                .allMatch(step -> step.getStatus().phase() == Phase.Succeeded);
    }

    private List<CoTrainingRun> runs() {
        return rig.client()
                .resources(CoTrainingRun.class)
                .inNamespace(rig.namespace())
                .list()
                .getItems();
    }

    private List<TrainingStep> steps() {
        return rig.client()
                .resources(TrainingStep.class)
                .inNamespace(rig.namespace())
                .list()
                .getItems();
    }
}
