package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.cluster.PlayedJobs.Fail;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Steps that something else holds up: a queue, a Job of the same name, a webhook.
class HeldUpIT extends OperatorTestBase {
    private static final String STEPS = "count/trainingsteps.isogloss.dev";

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
        var quota = new Quota(rig, "persistentvolumeclaims", 0);
        rig.apply(Manifests.small("refused"));
        rig.eventually(() -> {
            assertThat(rig.condition("refused", ConditionType.Progressing).reason())
                    .isEqualTo("Refused");
            assertThat(rig.condition("refused", ConditionType.Progressing).message())
                    .contains("quota");
        });
        quota.delete();
        rig.await("refused", ConditionType.Complete);
    }

    /// A failed step must not be tried again with every retry of what is refused.
    @Test
    void a_failed_step_is_not_tried_again_while_a_quota_refuses_another_one() {
        new Quota(rig, STEPS, 1);
        jobs.script(_ -> new Fail(2, "PodFailurePolicy", "{\"error\":\"train.jsonl line 17: no label.\"}"));
        rig.apply(Manifests.small("refused", "runtime: {failurePolicy: Continue}"));
        rig.eventually(
                () -> assertThat(rig.experiment("refused").getStatus().steps().failed())
                        .isOne());

        assertThat(rig.condition("refused", ConditionType.Progressing).reason()).isEqualTo("Refused");
        assertThat(rig.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.getSpec().attempt()).isZero());
        assertThat(jobs.made().values()).containsOnly(1);
    }

    @Test
    void an_edit_that_replaces_the_plan_gets_through_a_full_quota() {
        var quota = new Quota(rig, STEPS, 1);
        jobs.script(_ -> new Run());
        rig.apply(Manifests.small("edited").replace("seeds: [1, 2]", "seeds: [1]"));
        rig.eventually(() -> assertThat(rig.steps()).hasSize(1));
        rig.patch("edited", "{\"spec\":{\"seeds\":[2]}}");

        rig.eventually(() ->
                assertThat(rig.steps()).noneMatch(step -> step.getSpec().title().endsWith("seed 1")));
        quota.uncount();
        rig.eventually(() ->
                assertThat(rig.steps()).anyMatch(step -> step.getSpec().title().equals("fineTune qal seed 2")));
    }

    @Test
    void a_refusal_of_one_step_does_not_hold_up_the_others() {
        new Quota(rig, STEPS, 1);
        rig.apply(
                Manifests.small("first").replace("seeds: [1, 2]", "seeds: [1]").replace("epochs: 1", "epochs: 2"));
        rig.await("first", status -> "Refused"
                .equals(rig.condition("first", ConditionType.Progressing).reason()));

        rig.apply(Manifests.small("second").replace("epochs: 1", "epochs: 2"));
        rig.eventually(() -> {
            TrainingStep shared = rig.step("fineTune qal seed 1");
            assertThat(shared.getMetadata().getOwnerReferences())
                    .extracting(OwnerReference::getName)
                    .containsExactly("first", "second");
            assertThat(rig.experiment("second").getStatus().steps().succeeded()).isOne();
            assertThat(rig.condition("second", ConditionType.Progressing).reason())
                    .isEqualTo("Refused");
        });
    }

    /// Engines answer with codes of their choice, and webhooks with 400 by themselves.
    @Test
    void a_policy_that_refuses_jobs_is_told_and_outlasted() {
        ValidatingAdmissionPolicy policy = noJobs(rig.namespace());
        rig.client().resource(policy).create();
        rig.client().resource(bound(policy)).create();
        try {
            rig.eventually(() -> assertThatThrownBy(() -> rig.client()
                            .resource(foreign(StepFixtures.job()
                                    .editSpec()
                                    .withNewTemplate()
                                    .withNewSpecLike(StepFixtures.pod("p1").buildSpec())
                                    .withRestartPolicy("Never")
                                    .endSpec()
                                    .endTemplate()
                                    .endSpec()
                                    .build()))
                            .dryRun()
                            .create())
                    .hasMessageContaining("no Jobs here"));
            rig.apply(Manifests.small("denied"));
            rig.eventually(() -> assertThat(
                            rig.condition("denied", ConditionType.Progressing).message())
                    .contains("the API server refuses its Job")
                    .contains("no Jobs here"));
            assertThat(rig.steps())
                    .allSatisfy(step -> assertThat(step.getStatus().phase()).isEqualTo(Phase.Pending));
        } finally {
            rig.client().resource(bound(policy)).delete();
            rig.client().resource(policy).delete();
        }
        rig.await("denied", ConditionType.Complete);
    }

    private static ValidatingAdmissionPolicy noJobs(String namespace) {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName("no-jobs-" + namespace)
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withNewMatchConstraints()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .addNewResourceRule()
                .withApiGroups("batch")
                .withApiVersions("v1")
                .withResources("jobs")
                .withOperations("CREATE")
                .endResourceRule()
                .endMatchConstraints()
                .addNewValidation()
                .withExpression("false")
                .withMessage("no Jobs here")
                .endValidation()
                .endSpec()
                .build();
    }

    private static ValidatingAdmissionPolicyBinding bound(ValidatingAdmissionPolicy policy) {
        return new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(policy.getMetadata().getName())
                .endMetadata()
                .withNewSpec()
                .withPolicyName(policy.getMetadata().getName())
                .withValidationActions("Deny")
                .endSpec()
                .build();
    }

    @Test
    void a_webhook_that_does_not_answer_is_reported_and_waited_for() {
        WebhookClientConfig nobody = new WebhookClientConfigBuilder()
                .withUrl("https://127.0.0.1:1/") // nobody listens at port 1
                .build();
        var deaf = rig.client().resource(PlayedWebhook.onJobs("deaf", rig.namespace(), nobody, Duration.ofSeconds(10)));
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
