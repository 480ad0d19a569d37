package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.cluster.PlayedJobs.Fail;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.cluster.PlayedJobs.SucceedUnseen;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Others suspend Jobs, take pods away and hold up deletions.
class ForeignHandsIT extends OperatorTestBase {

    /// As Kueue does with `manageJobsWithoutQueueName`, which suspends a Job again whenever it is resumed.
    @Test
    void a_job_that_somebody_else_suspends_is_left_alone_until_they_resume_it() {
        jobs.script(_ -> new Run());
        rig.apply(one("stopped"));
        rig.await("stopped", status -> status.phase() == Phase.Running);
        Job job = rig.jobs().getFirst();
        suspend(job, true);
        rig.eventually(() -> assertThat(
                        rig.condition("stopped", ConditionType.Progressing).message())
                .contains("suspended by something other than Isogloss")
                .contains("runtime.queueName"));
        long generation = rig.jobs().getFirst().getMetadata().getGeneration();
        rig.patch("stopped", "{\"metadata\":{\"annotations\":{\"looked\":\"again\"}}}");
        rig.apply(one("witness").replace("seeds: [1]", "seeds: [2]"));
        rig.await("witness", status -> status.phase() == Phase.Running);

        assertThat(rig.client().resource(job).get().getMetadata().getGeneration())
                .isEqualTo(generation);
        jobs.script(_ -> new Succeed());
        suspend(job, false);
        rig.await("stopped", ConditionType.Complete);
    }

    private void suspend(Job job, boolean suspend) {
        rig.client()
                .resource(job)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":%s}}".formatted(suspend));
    }

    private static String one(String name) {
        return Manifests.small(name).replace("seeds: [1, 2]", "seeds: [1]");
    }

    @Test
    void a_job_that_was_suspended_here_says_so_until_it_is_resumed() {
        jobs.script(_ -> new Run());
        rig.apply(one("paused"));
        rig.await("paused", status -> status.phase() == Phase.Running);
        rig.patch("paused", "{\"spec\":{\"suspend\":true}}");
        rig.await("paused", ConditionType.Suspended);
        assertThat(rig.jobs().getFirst().getMetadata().getAnnotations()).containsKey(Labels.SUSPENDED);

        rig.patch("paused", "{\"spec\":{\"suspend\":false}}");
        rig.eventually(() -> assertThat(rig.jobs().getFirst()).satisfies(job -> {
            assertThat(job.getSpec().getSuspend()).isFalse();
            assertThat(job.getMetadata().getAnnotations()).doesNotContainKey(Labels.SUSPENDED);
        }));
    }

    @Test
    void a_job_whose_pods_vanish_with_their_results_is_made_again_once() {
        jobs.script(_ -> new SucceedUnseen());
        rig.apply(one("vanishing"));
        rig.await("vanishing", ConditionType.Failed);

        assertThat(rig.condition("vanishing", ConditionType.Failed).message())
                .contains("its pod was gone before its result was read, and so was that of a second Job");
        assertThat(jobs.made().values()).containsExactly(2);
        assertThat(rig.steps().getFirst().getStatus().conditions())
                .anySatisfy(condition -> assertThat(condition.reason()).isEqualTo(Reason.ResultMissing.name()));

        jobs.script(_ -> new Succeed());
        rig.patch("vanishing", "{\"spec\":{\"runtime\":{\"retries\":1}}}");
        rig.await("vanishing", ConditionType.Complete);
    }

    /// As its time to live does, or `kubectl delete job`; an operator that starts afterwards knows of no Job either.
    @Test
    void a_step_that_is_done_or_has_failed_stays_so_when_its_job_goes() {
        jobs.script(job -> {
            String title = title(job);
            if (title.equals("fineTune qal seed 1")) return new Succeed();
            return title.startsWith("evaluate")
                    ? new Run()
                    : new Fail(2, "PodFailurePolicy", "{\"error\":\"train.jsonl line 17: no label.\"}");
        });
        rig.apply(Manifests.small("bare", "runtime: {failurePolicy: Continue}"));
        rig.await("bare", status -> status.steps().equals(new StepCounts(4, 1, 1, 1, 0)));
        TrainingStep done = rig.step("fineTune qal seed 1");
        TrainingStep failed = rig.step("fineTune qal seed 2");
        rig.jobs().stream().filter(job -> !title(job).startsWith("evaluate")).forEach(this::remove);
        rig.eventually(() -> assertThat(rig.jobs()).hasSize(1));
        operator.close();
        operator = new RunningOperator(RealApiServer.client(), rig.namespace());
        rig.jobs().forEach(this::remove);
        rig.eventually(() -> assertThat(jobs.made()).containsValue(2));

        jobs.script(_ -> new Succeed());
        ExperimentStatus status = rig.await("bare", ConditionType.Failed);
        assertThat(status.steps()).isEqualTo(new StepCounts(4, 2, 0, 1, 0));
        assertThat(rig.condition("bare", ConditionType.Failed).message()).endsWith("train.jsonl line 17: no label.");
        assertThat(rig.step("fineTune qal seed 1").getStatus()).isEqualTo(done.getStatus());
        assertThat(rig.step("fineTune qal seed 2").getStatus()).isEqualTo(failed.getStatus());
        assertThat(jobs.made())
                .containsEntry(done.getMetadata().getName(), 1)
                .containsEntry(failed.getMetadata().getName(), 1);
    }

    private static String title(Job job) {
        List<String> arguments =
                job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs();
        return arguments.get(arguments.indexOf("--title") + 1);
    }

    private void remove(Job job) {
        rig.client()
                .pods()
                .inNamespace(rig.namespace())
                .withLabel(Labels.STEP, job.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
        rig.client().resource(job).delete();
    }

    @Test
    void a_failed_job_stays_longer_than_one_that_succeeded() {
        jobs.script(job -> job.getMetadata().getName().startsWith("train")
                ? new Succeed()
                : new Fail(2, "PodFailurePolicy", "{\"error\":\"test.jsonl line 17: no label.\"}"));
        rig.apply(one("kept"));
        rig.await("kept", ConditionType.Failed);

        assertThat(rig.jobs())
                .extracting(job -> job.getMetadata().getName().startsWith("train"), job -> job.getSpec()
                        .getTtlSecondsAfterFinished())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(true, 600),
                        org.assertj.core.groups.Tuple.tuple(false, 86400));
    }

    /// As with `kubectl delete --cascade=foreground`, or with any finalizer; the experiment itself is gone at once.
    @Test
    void an_experiment_that_waits_for_a_former_step_to_go_is_woken_when_it_has_gone() {
        jobs.script(_ -> new Run());
        rig.apply(one("first"));
        rig.await("first", status -> status.phase() == Phase.Running);
        TrainingStep step = rig.step("fineTune qal seed 1");
        finalizers(step, List.of("isogloss.test/held"));
        rig.delete("first");
        rig.client().resource(step).delete();
        rig.apply(one("second"));
        rig.eventually(() -> assertThat(
                        rig.condition("second", ConditionType.Progressing).message())
                .contains("waits until its former TrainingStep")
                .contains(step.getMetadata().getName()));

        rig.client().batch().v1().jobs().inNamespace(rig.namespace()).delete();
        rig.client().pods().inNamespace(rig.namespace()).withGracePeriod(0).delete();
        jobs.script(_ -> new Succeed());
        finalizers(step, List.of());
        rig.await("second", ConditionType.Complete);
    }

    private void finalizers(TrainingStep step, List<String> names) {
        rig.client()
                .resource(step)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"finalizers\":%s}}".formatted(Serialization.asJson(names)));
    }
}
