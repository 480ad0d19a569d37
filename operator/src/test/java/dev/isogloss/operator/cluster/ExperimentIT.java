package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.cluster.PlayedJobs.Fail;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Say;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.cluster.PlayedJobs.SucceedUncounted;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentIT extends OperatorTestBase {
    @Test
    void the_quickstart_runs_to_its_results() {
        rig.apply(Manifests.quickstart());
        ExperimentStatus status = rig.await("quickstart", ConditionType.Complete);

        assertThat(status.phase()).isEqualTo(Phase.Succeeded);
        assertThat(status.progress()).isEqualTo("7/7");
        assertThat(status.results()).hasSize(5).allSatisfy(row -> {
            assertThat(row.mean()).isEqualTo("0.5000");
            assertThat(row.n()).isEqualTo(3);
        });
        assertThat(status.best()).isEqualTo("Accuracy 0.5000 (fineTune, average, test)");
        assertThat(rig.jobs()).hasSize(7);
        assertThat(jobs.made().values()).containsOnly(1);
        assertThat(rig.client()
                        .persistentVolumeClaims()
                        .inNamespace(rig.namespace())
                        .withName("isogloss-store")
                        .get())
                .isNotNull();
        rig.eventually(() ->
                assertThat(events("TransferExperiment")).contains("PlanMade", "StepStarted", "AllStepsSucceeded"));
        assertThat(events("TrainingStep")).contains("JobCreated", "ResultRecorded");
    }

    @Test
    void a_run_tells_of_its_rounds_beside_what_all_experiments_tell() {
        rig.apply(Manifests.run("pair"));
        JsonNode status = Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> Serialization.jsonMapper()
                                .valueToTree(rig.client()
                                        .genericKubernetesResources("isogloss.dev/v1alpha1", "CoTrainingRun")
                                        .inNamespace(rig.namespace())
                                        .withName("pair")
                                        .get()
                                        .get("status")),
                        seen -> seen.path("phase").asText().equals("Succeeded"));

        assertThat(status.path("progress").asText()).isEqualTo("12/12");
        assertThat(status.path("best").asText()).isEqualTo("Accuracy 0.5000 (lm round 1, average, test)");
        assertThat(status.path("roundProgress").asText()).isEqualTo("2/2");
        assertThat(status.path("bestModel").asText()).isEqualTo("lm");
        assertThat(status.path("bestScore").asText()).isEqualTo("0.5000");
        assertThat(status.path("rounds")).hasSize(4);
        rig.eventually(
                () -> assertThat(events("CoTrainingRun")).contains("PlanMade", "RoundComplete", "AllStepsSucceeded"));
    }

    private List<String> events(String kind) {
        return rig.client().v1().events().inNamespace(rig.namespace()).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getKind().equals(kind))
                .map(Event::getReason)
                .distinct()
                .toList();
    }

    /// Of long results the watch keeps nothing; they are asked for.
    @ParameterizedTest
    @ValueSource(ints = {0, 2000})
    void what_follows_a_step_waits_for_its_pod_and_not_until_its_job_is_counted(int length) {
        jobs.script(_ -> new SucceedUncounted(length));
        rig.apply(Manifests.small("busy"));
        ExperimentStatus status = rig.await("busy", ConditionType.Complete);

        assertThat(status.steps().succeeded()).isEqualTo(status.steps().total());
        assertThat(jobs.made().values()).containsOnly(1);
        assertThat(rig.jobs()).noneMatch(job -> new JobView(job).isComplete());
        assertThat(rig.steps())
                .allSatisfy(step -> assertThat(step.getStatus().attempts()).isEqualTo(1));
    }

    @Test
    void no_more_steps_run_than_the_experiment_allows() {
        jobs.script(_ -> new Run());
        rig.apply(Manifests.small("two", "runtime: {parallelism: 1}"));
        rig.await("two", status -> status.phase() == Phase.Running);

        assertThat(rig.steps()).hasSize(1);
        jobs.script(_ -> new Succeed());
        rig.await("two", ConditionType.Complete);
        assertThat(rig.steps()).hasSize(4);
    }

    @Test
    void a_failure_stops_the_rest_and_says_the_trainers_sentence() {
        jobs.script(job -> title(job).contains("evaluate") || title(job).contains("seed 2")
                ? new Run()
                : new Fail(2, "PodFailurePolicy", "{\"error\":\"train.jsonl line 17: no label.\"}"));
        rig.apply(Manifests.small("bad"));
        ExperimentStatus status = rig.await("bad", ConditionType.Failed);

        assertThat(status.phase()).isEqualTo(Phase.Failed);
        assertThat(rig.condition("bad", ConditionType.Failed).message())
                .contains("fineTune qal seed 1")
                .endsWith("train.jsonl line 17: no label.");
        assertThat(rig.step("fineTune qal seed 2").getStatus().phase()).isEqualTo(Phase.Suspended);
        assertThat(job("fineTune qal seed 2").getSpec().getSuspend()).isTrue();
    }

    private static String title(Job job) {
        return String.join(
                " ",
                job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs());
    }

    private Job job(String title) {
        String name = rig.step(title).getMetadata().getName();
        return rig.jobs().stream()
                .filter(job -> job.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_edit_gives_a_failed_experiment_another_try_with_its_new_settings() {
        jobs.script(_ -> new Fail(3, "PodFailurePolicy", "{\"error\":\"Lower the batch size.\"}"));
        rig.apply(Manifests.small("again"));
        rig.await("again", ConditionType.Failed);

        jobs.script(_ -> new Succeed());
        rig.client().batch().v1().jobs().inNamespace(rig.namespace()).delete();
        rig.patch("again", "{\"spec\":{\"runtime\":{\"image\":\"trainer:2\"}}}");
        rig.await("again", ConditionType.Complete);

        assertThat(rig.jobs()).allSatisfy(job -> assertThat(job.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("trainer:2"));
    }

    @Test
    void a_success_without_a_result_is_a_failure() {
        jobs.script(_ -> new Say(null));
        rig.apply(Manifests.small("silent"));
        rig.await("silent", ConditionType.Failed);

        assertThat(rig.steps()).anySatisfy(step -> assertThat(step.getStatus().conditions())
                .anySatisfy(condition -> assertThat(condition.reason()).isEqualTo(Reason.ResultMissing.name())));
    }

    @Test
    void suspension_pauses_jobs_and_its_end_goes_on() {
        jobs.script(_ -> new Run());
        rig.apply(Manifests.small("pause"));
        rig.await("pause", status -> status.phase() == Phase.Running);
        rig.patch("pause", "{\"spec\":{\"suspend\":true}}");
        rig.await("pause", ConditionType.Suspended);

        assertThat(rig.jobs()).allMatch(job -> job.getSpec().getSuspend());
        jobs.script(_ -> new Succeed());
        rig.patch("pause", "{\"spec\":{\"suspend\":false}}");
        rig.await("pause", ConditionType.Complete);
        assertThat(jobs.made().values()).as("the same Jobs go on").containsOnly(1);
    }

    @Test
    void a_spec_that_means_nothing_is_invalid_until_it_is_edited() {
        rig.apply(Manifests.small("odd")
                .replace("name: toy,", "name: toy, splits: {train: {file: train, minOFraction: 0.5}},"));
        ExperimentStatus status = rig.await("odd", ConditionType.Invalid);

        assertThat(status.phase()).isEqualTo(Phase.Invalid);
        assertThat(rig.condition("odd", ConditionType.Invalid).message())
                .startsWith("spec.data: minOFraction counts words");
        rig.patch("odd", "{\"spec\":{\"task\":{\"type\":\"NamedEntityRecognition\"}}}");
        rig.await("odd", ConditionType.Complete);
    }

    @Test
    void an_edited_plan_keeps_what_it_still_wants_and_lets_the_rest_go() {
        jobs.script(job -> title(job).contains("seed 2") ? new Run() : new Succeed());
        rig.apply(Manifests.small("grow"));
        rig.await("grow", status -> status.steps().succeeded() == 2);
        String first = rig.step("fineTune qal seed 1").getMetadata().getUid();
        rig.patch("grow", "{\"spec\":{\"seeds\":[1,3]}}");
        ExperimentStatus status = rig.await("grow", ConditionType.Complete);

        assertThat(status.steps().total()).isEqualTo(4);
        assertThat(rig.step("fineTune qal seed 1").getMetadata().getUid()).isEqualTo(first);
        assertThat(rig.steps())
                .extracting(step -> step.getSpec().title())
                .containsExactlyInAnyOrder(
                        "fineTune qal seed 1",
                        "evaluate fineTune seed 1",
                        "fineTune qal seed 3",
                        "evaluate fineTune seed 3");
    }

    @Test
    void experiments_that_want_the_same_share_it() {
        jobs.script(_ -> new Run());
        rig.apply(Manifests.small("one"));
        rig.apply(Manifests.small("two"));
        rig.eventually(() -> assertThat(rig.steps()).hasSize(2).allSatisfy(step -> assertThat(
                        step.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactlyInAnyOrder("one", "two")));

        rig.patch("one", "{\"spec\":{\"suspend\":true}}");
        rig.await("one", ConditionType.Suspended);
        assertThat(rig.jobs())
                .as("the other wants them")
                .noneMatch(job -> Boolean.TRUE.equals(job.getSpec().getSuspend()));
        rig.patch("two", "{\"spec\":{\"suspend\":true}}");
        rig.await("two", ConditionType.Suspended);
        rig.eventually(
                () -> assertThat(rig.jobs()).allMatch(job -> job.getSpec().getSuspend()));

        jobs.script(_ -> new Succeed());
        rig.patch("two", "{\"spec\":{\"suspend\":false}}");
        rig.await("two", ConditionType.Complete);
        rig.patch("one", "{\"spec\":{\"seeds\":[7],\"suspend\":false}}");
        rig.await("one", ConditionType.Complete);
        assertThat(rig.step("fineTune qal seed 1").getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactly("two");
        assertThat(rig.step("fineTune qal seed 1").getSpec().key()).hasSize(64);
    }

    @Test
    void a_second_experiment_of_the_same_work_reuses_all_of_it() {
        rig.apply(Manifests.small("first"));
        String ended = Objects.requireNonNull(
                rig.await("first", ConditionType.Complete).completionTime());
        // whole seconds tell what was there before
        rig.eventually(() -> assertThat(Conditions.timestamp(Instant.now())).isGreaterThan(ended));
        rig.apply(Manifests.small("second"));
        ExperimentStatus status = rig.await("second", ConditionType.Complete);

        assertThat(status.steps().reused()).isEqualTo(4);
        assertThat(status.results())
                .isEqualTo(rig.experiment("first").getStatus().results());
        assertThat(jobs.made().values()).containsOnly(1);
    }

    /// The store's first look at an ended experiment drops all of its spec but this.
    @Test
    void an_experiment_that_is_to_go_after_its_end_goes_also_before_an_operator_that_starts_anew() {
        rig.apply(Manifests.small("brief", "ttlSecondsAfterFinished: 0"));
        rig.eventually(() -> assertThat(jobs.made()).hasSize(4));
        rig.eventually(() -> assertThat(find("brief")).isNull());

        rig.apply(Manifests.small("later", "ttlSecondsAfterFinished: 10"));
        rig.await("later", ConditionType.Complete);
        operator.close();
        operator = new RunningOperator(RealApiServer.client(), rig.namespace());
        rig.eventually(() -> assertThat(find("later")).isNull());
    }

    private @Nullable TransferExperiment find(String name) {
        return rig.client()
                .resources(TransferExperiment.class)
                .inNamespace(rig.namespace())
                .withName(name)
                .get();
    }

    @Test
    void a_step_deleted_by_hand_is_made_again() {
        jobs.script(job -> title(job).contains("evaluate") ? new Run() : new Succeed());
        rig.apply(Manifests.small("robbed"));
        rig.await("robbed", status -> status.steps().succeeded() == 2);
        TrainingStep step = rig.step("fineTune qal seed 1");
        rig.client().resource(step).delete();
        rig.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(rig.namespace())
                .withName(step.getMetadata().getName())
                .delete();
        rig.eventually(
                () -> assertThat(rig.step("fineTune qal seed 1").getMetadata().getUid())
                        .isNotEqualTo(step.getMetadata().getUid()));
        jobs.script(_ -> new Succeed());
        rig.await("robbed", ConditionType.Complete);
    }

    @Test
    void a_job_deleted_while_it_runs_is_made_again_and_one_deleted_after_its_end_is_not() {
        jobs.script(_ -> new Run());
        rig.apply(Manifests.small("cut"));
        rig.await("cut", status -> status.phase() == Phase.Running);
        Job job = job("fineTune qal seed 1");
        rig.client().pods().inNamespace(rig.namespace()).withGracePeriod(0).delete();
        rig.client().resource(job).delete();
        rig.eventually(() -> assertThat(job("fineTune qal seed 1").getMetadata().getUid())
                .isNotEqualTo(job.getMetadata().getUid()));

        jobs.script(_ -> new Succeed());
        ExperimentStatus status = rig.await("cut", ConditionType.Complete);
        rig.client().batch().v1().jobs().inNamespace(rig.namespace()).delete();
        rig.patch("cut", "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}");
        rig.apply(Manifests.small("witness", "suspend: true"));
        rig.await("witness", ConditionType.Complete);
        assertThat(rig.experiment("cut").getStatus()).isEqualTo(status);
        assertThat(rig.jobs()).isEmpty();
    }

    @Test
    void an_operator_that_starts_anew_goes_on_where_the_other_was() {
        jobs.script(job -> title(job).contains("evaluate") ? new Run() : new Succeed());
        rig.apply(Manifests.small("long"));
        rig.await("long", status -> status.steps().succeeded() == 2);
        operator.close();
        jobs.script(_ -> new Succeed());
        operator = new RunningOperator(RealApiServer.client(), rig.namespace());
        rig.await("long", ConditionType.Complete);

        assertThat(jobs.made().values()).containsOnly(1);
    }

    @Test
    void a_deletion_by_the_user_does_not_wait_for_the_operator() {
        jobs.script(_ -> new Run());
        rig.apply(Manifests.small("gone"));
        rig.await("gone", status -> status.phase() == Phase.Running);
        rig.client()
                .resources(TransferExperiment.class)
                .inNamespace(rig.namespace())
                .withName("gone")
                .delete();

        rig.eventually(() -> assertThat(rig.client()
                        .resources(TransferExperiment.class)
                        .inNamespace(rig.namespace())
                        .withName("gone")
                        .get())
                .isNull());
    }

    @Test
    void the_api_server_fills_in_defaults_and_refuses_with_our_sentences() {
        rig.apply(Manifests.small("plain"));
        var spec = rig.experiment("plain").getSpec();
        assertThat(spec.common().runtime().retries()).isEqualTo(3);
        assertThat(spec.common().evaluate().splits()).containsExactly("test");

        assertThatThrownBy(() -> rig.apply(Manifests.small("wrong").replace("[qen, qir]", "[qal]")))
                .hasMessageContaining("the source language is measured anyway: take it out of targets");
    }
}
