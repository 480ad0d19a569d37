package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.plan.Plan;
import dev.isogloss.resource.CoTrainingRun;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CoTrainingRunsTest {
    private static final ExperimentStatus COMMON =
            new ExperimentStatus(Phase.Pending, 1L, List.of(), null, "0/4", null, null, null, null);

    private static CoTrainingRun run() {
        return new CoTrainingRuns()
                .shown(new PlanResults(new Plan("run", List.of()), Map.of(), Map.of()))
                .with()
                .apply(COMMON);
    }

    @Test
    void a_status_stands_flat_in_the_resource_and_is_read_back_from_there() {
        CoTrainingRun read = Serialization.unmarshal(Serialization.asYaml(run()), CoTrainingRun.class);

        assertThat(Serialization.asYaml(run()))
                .contains("\n  phase: \"Pending\"")
                .doesNotContain("common");
        assertThat(new CoTrainingRuns().status(read)).isEqualTo(COMMON);
        assertThat(Objects.requireNonNull(read.getStatus())).isEqualTo(run().getStatus());
    }

    @Test
    void a_run_without_a_status_has_none() {
        assertThat(new CoTrainingRuns().status(new CoTrainingRun())).isNull();
    }
}
