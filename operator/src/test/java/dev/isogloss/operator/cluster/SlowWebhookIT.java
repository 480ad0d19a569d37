package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An admission webhook that takes long, before the packaged operator, whose settings say how long it waits for an
/// answer.
@ExtendWith(RealApiServer.class)
class SlowWebhookIT {
    /// As long as the API server waits for the webhook; it allows 30 s at most.
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void a_webhook_that_answers_late_is_waited_for_and_one_that_does_not_is_told_of() throws Exception {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed());
                PlayedWebhook webhook = new PlayedWebhook(folder, TIMEOUT.multipliedBy(2));
                PackagedOperator operator =
                        new PackagedOperator(folder, RealApiServer.kubeconfig(), rig.namespace(), false)) {
            operator.awaitReady();
            ValidatingWebhookConfiguration slow =
                    PlayedWebhook.onJobs("slow", rig.namespace(), webhook.client(), TIMEOUT);
            rig.client().resource(slow).create();
            try {
                rig.apply(Manifests.small("slow").replace("seeds: [1, 2]", "seeds: [1]"));
                rig.eventually(() -> {
                    var step = rig.step("fineTune qal seed 1").getStatus();
                    assertThat(step.phase()).isEqualTo(Phase.Pending);
                    assertThat(Conditions.find(step.conditions(), ConditionType.Progressing))
                            .hasValueSatisfying(condition -> {
                                assertThat(condition.reason()).isEqualTo(Reason.JobRefused.name());
                                assertThat(condition.message())
                                        .contains("failed calling webhook", "slow.isogloss.test");
                            });
                    assertThat(rig.condition("slow", ConditionType.Progressing).message())
                            .contains("the API server refuses its Job", "failed calling webhook");
                });
                webhook.answerAfter(Duration.ofSeconds(14));
                int asked = webhook.asked();
                rig.await("slow", ConditionType.Complete);

                assertThat(webhook.asked() - asked).as("once for each Job").isEqualTo(2);
                assertThat(jobs.made().values()).containsOnly(1).hasSize(2);
            } finally {
                rig.client().resource(slow).delete();
            }
        }
    }
}
