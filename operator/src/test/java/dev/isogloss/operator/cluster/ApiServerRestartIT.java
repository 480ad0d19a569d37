package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The API server goes away while experiments run.
@ExtendWith(ApiServerPrograms.Needed.class)
class ApiServerRestartIT {

    @Test
    void an_api_server_that_dies_and_comes_back_finds_the_operator_where_it_was() throws Exception {
        try (OwnApiServer server = new OwnApiServer()) {
            ResourceDefinitions.install(server.client());
            try (OperatorRig rig = new OperatorRig(server.client());
                    PlayedJobs jobs = new PlayedJobs(server.client(), rig.namespace(), _ -> new Run());
                    RunningOperator operator = new RunningOperator(server.client(), rig.namespace())) {
                assertThat(operator).isNotNull();
                rig.apply(Manifests.small("outage"));
                rig.await("outage", status -> status.phase() == Phase.Running);
                for (int outage = 0; outage < 2; outage++) {
                    server.kill();
                    assertThatThrownBy(rig::steps).isInstanceOf(KubernetesClientException.class);
                    server.startAgain();
                }
                jobs.script(_ -> new Succeed());
                ExperimentStatus status = rig.await("outage", ConditionType.Complete);

                assertThat(status.steps()).isEqualTo(new StepCounts(4, 4, 0, 0, 0));
                assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
            }
        }
    }
}
