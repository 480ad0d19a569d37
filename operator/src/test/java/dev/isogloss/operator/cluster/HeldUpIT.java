package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.names.ConditionType;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Steps that something else holds up: a queue, a Job of the same name, a webhook.
class HeldUpIT extends OperatorTestBase {
    @Test
    void a_step_of_a_queue_waits_for_kueue() {
        rig.apply(Manifests.small("queued", "runtime: {queueName: research}"));
        rig.await("queued", status -> status.steps() != null && status.steps().running() == 2);
        rig.eventually(() -> {
            assertThat(rig.jobs()).hasSize(2).allSatisfy(job -> {
                assertThat(job.getSpec().getSuspend()).isTrue();
                assertThat(job.getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "research");
            });
            assertThat(rig.step("fineTune qal seed 1").getStatus()).isNotNull();
            assertThat(rig.step("fineTune qal seed 1").getStatus().phase()).isEqualTo(Phase.Pending);
            assertThat(rig.condition("queued", ConditionType.Progressing).message())
                    .contains("Kueue");
        });
    }

    @Test
    void a_foreign_job_of_a_steps_name_is_reported_and_left_alone() {
        rig.apply(Manifests.small("first"));
        rig.await("first", ConditionType.Complete);
        String name = rig.step("fineTune qal seed 1").getMetadata().getName();
        rig.delete("first");
        rig.client().resource(rig.step("fineTune qal seed 1")).delete();
        var named =
                rig.client().batch().v1().jobs().inNamespace(rig.namespace()).withName(name);
        Job made = Objects.requireNonNull(named.get());
        named.delete();
        rig.eventually(() -> assertThat(named.get()).isNull());
        Job theirs = rig.client().resource(foreign(made)).create();
        rig.apply(Manifests.small("second"));
        rig.await("second", ConditionType.Failed);

        assertThat(rig.condition("second", ConditionType.Failed).message())
                .contains("a Job named " + name + " exists that is not Isogloss's");
        assertThat(Objects.requireNonNull(named.get()).getMetadata().getUid())
                .isEqualTo(theirs.getMetadata().getUid());
    }

    @Test
    void what_the_api_server_refuses_an_experiment_is_reported_and_tried_again() {
        ResourceQuota quota = noClaims();
        rig.apply(Manifests.small("refused"));
        rig.eventually(() -> {
            assertThat(rig.condition("refused", ConditionType.Progressing).reason())
                    .isEqualTo("Refused");
            assertThat(rig.condition("refused", ConditionType.Progressing).message())
                    .contains("quota");
        });
        rig.client().resource(quota).delete();
        rig.await("refused", ConditionType.Complete);
    }

    /// What the controller of quotas would write is written here, and waited for until it holds.
    private ResourceQuota noClaims() {
        Map<String, Quantity> none = Map.of("persistentvolumeclaims", new Quantity("0"));
        ResourceQuota quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withNamespace(rig.namespace())
                .withName("no-claims")
                .endMetadata()
                .withNewSpec()
                .withHard(none)
                .endSpec()
                .build();
        ResourceQuota made = rig.client().resource(quota).create();
        rig.client()
                .resource(new ResourceQuotaBuilder(made)
                        .withNewStatus()
                        .withHard(none)
                        .withUsed(none)
                        .endStatus()
                        .build())
                .updateStatus();
        var claim = rig.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(rig.namespace())
                        .withName("try")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build());
        rig.eventually(() -> assertThatThrownBy(() -> claim.dryRun().create()).hasMessageContaining("exceeded quota"));
        return made;
    }

    @Test
    void a_webhook_that_does_not_answer_is_reported_and_waited_for() {
        var deaf = rig.client().resource(deafWebhook(rig.namespace()));
        deaf.create();
        try {
            rig.apply(Manifests.small("unanswered"));
            rig.eventually(() -> {
                assertThat(rig.step("fineTune qal seed 1").getStatus()).isNotNull();
                assertThat(rig.condition("unanswered", ConditionType.Progressing)
                                .message())
                        .contains("the API server refuses its Job")
                        .contains("failed calling webhook");
            });
        } finally {
            deaf.delete();
        }
        rig.await("unanswered", ConditionType.Complete);
        assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
    }

    /// Nobody listens at port 1.
    private static ValidatingWebhookConfiguration deafWebhook(String namespace) {
        return new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("deaf-" + namespace)
                .endMetadata()
                .addNewWebhook()
                .withName("deaf.isogloss.test")
                .withAdmissionReviewVersions("v1")
                .withSideEffects("None")
                .withFailurePolicy("Fail")
                .withNewClientConfig()
                .withUrl("https://127.0.0.1:1/")
                .endClientConfig()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .addNewRule()
                .withApiGroups("batch")
                .withApiVersions("v1")
                .withResources("jobs")
                .withOperations("CREATE")
                .endRule()
                .endWebhook()
                .build();
    }

    private Job foreign(Job like) {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace(rig.namespace())
                .withName(like.getMetadata().getName())
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
                .withTemplate(new PodTemplateSpecBuilder(like.getSpec().getTemplate())
                        .withMetadata(null)
                        .build())
                .endSpec()
                .build();
    }
}
