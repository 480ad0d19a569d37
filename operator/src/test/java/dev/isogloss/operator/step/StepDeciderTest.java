package dev.isogloss.operator.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.JobAction.Create;
import dev.isogloss.operator.step.JobAction.Keep;
import dev.isogloss.operator.step.JobAction.Remove;
import dev.isogloss.operator.step.JobAction.Reread;
import dev.isogloss.operator.step.JobAction.Resume;
import dev.isogloss.operator.step.JobAction.Suspend;
import dev.isogloss.operator.step.StepDecider.Decision;
import dev.isogloss.operator.step.StepPhase.Failed;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.step.StepPhase.Running;
import dev.isogloss.operator.step.StepPhase.Stopped;
import dev.isogloss.operator.step.StepPhase.Stopping;
import dev.isogloss.operator.step.StepPhase.Succeeded;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepDeciderTest {
    private static final TrainingStep REQUESTED = StepFixtures.step();
    private static final TrainingStep WITHDRAWN = StepFixtures.ownedBy(StepFixtures.step(), "experiment-1", false);

    private static Decision decide(TrainingStep step, @Nullable Job job, Pod... pods) {
        return StepDecider.decide(view(step, job, pods)).orElseThrow();
    }

    private static StepView view(TrainingStep step, @Nullable Job job, Pod... pods) {
        return new StepView(
                step,
                job == null ? null : new JobView(job),
                "t1",
                Arrays.stream(pods).map(PodView::new).toList());
    }

    private static Job leaving(Job job) {
        job.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        return job;
    }

    private static Job suspended(Job job) {
        Job ours = suspendedByOthers(job);
        Map<String, String> annotations = new HashMap<>(ours.getMetadata().getAnnotations());
        annotations.put(Labels.SUSPENDED, "true");
        ours.getMetadata().setAnnotations(annotations);
        return ours;
    }

    private static Job suspendedByOthers(Job job) {
        job.getSpec().setSuspend(true);
        return job;
    }

    private static Job queued(Job job) {
        job.getMetadata()
                .setLabels(Map.of(
                        Labels.MANAGED_BY, Labels.ISOGLOSS, Labels.STEP, StepFixtures.NAME, Labels.QUEUE, "research"));
        return job;
    }

    private static Job running() {
        return StepFixtures.job().editStatus().withActive(1).endStatus().build();
    }

    @Test
    void a_requested_step_without_a_job_gets_one() {
        assertThat(decide(REQUESTED, null).action()).isInstanceOf(Create.class);
        assertThat(decide(REQUESTED, null).phase()).isInstanceOf(Pending.class);
    }

    @Test
    void a_step_that_no_owner_requests_gets_no_job() {
        assertThat(decide(WITHDRAWN, null)).isEqualTo(new Decision(null, new Stopped("no experiment requests it")));
    }

    @Test
    void a_step_that_is_suspended_by_hand_gets_no_job() {
        TrainingStep step = StepFixtures.step(StepFixtures.spec(StepFixtures.RUNTIME, true), 1, null);

        assertThat(decide(step, null).phase()).isInstanceOf(Stopped.class);
    }

    @Test
    void one_owner_that_requests_it_is_enough() {
        TrainingStep step = StepFixtures.ownedBy(StepFixtures.ownedBy(StepFixtures.step(), "a", false), "b", true);

        assertThat(decide(step, null).action()).isInstanceOf(Create.class);
    }

    @Test
    void the_request_of_an_owner_that_is_gone_does_not_count() {
        TrainingStep step = StepFixtures.ownedBy(StepFixtures.ownedBy(StepFixtures.step(), "a", false), "b", true);
        step.getMetadata().getOwnerReferences().removeLast();

        assertThat(decide(step, null).action()).isNull();
    }

    @Test
    void no_job_is_made_while_a_pod_of_a_former_attempt_still_runs() {
        Decision decision = decide(REQUESTED, null, StepFixtures.running("p1"));

        assertThat(decision.action()).isNull();
        assertThat(decision.phase())
                .isEqualTo(new Pending(Reason.FormerPodLeaving, "waits for pod p1 of a former attempt to end"));
    }

    @Test
    void a_former_steps_job_of_the_same_name_goes_first() {
        Job job = StepFixtures.job()
                .editMetadata()
                .editFirstOwnerReference()
                .withUid("step-0")
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThat(decide(REQUESTED, job).action()).isInstanceOf(Remove.class);
        assertThat(decide(REQUESTED, leaving(job)).action()).isNull();
    }

    @Test
    void a_foreign_job_of_the_same_name_is_left_alone() {
        Job job = StepFixtures.job()
                .editMetadata()
                .withOwnerReferences()
                .withLabels(Map.of())
                .endMetadata()
                .build();
        Decision decision = decide(REQUESTED, job);

        assertThat(decision.action()).isNull();
        assertThat(decision.phase()).isInstanceOf(Failed.class);
        assertThat(((Failed) decision.phase()).reason()).isEqualTo(Reason.NameTaken);
    }

    @Test
    void a_job_on_its_way_is_left_alone() {
        assertThat(decide(REQUESTED, StepFixtures.job().build()))
                .isEqualTo(new Decision(null, new Pending(Reason.JobCreated, "its Job exists, its pod does not yet")));
        assertThat(decide(REQUESTED, running(), StepFixtures.running("p1")))
                .isEqualTo(new Decision(null, new Running("pod p1 runs")));
    }

    @Test
    void a_step_that_is_no_longer_requested_is_suspended_and_its_pod_awaited() {
        Decision first = decide(WITHDRAWN, running(), StepFixtures.running("p1"));
        assertThat(first.action()).isInstanceOf(Suspend.class);
        assertThat(first.phase()).isEqualTo(new Stopping("pod p1 writes its checkpoint"));

        assertThat(decide(WITHDRAWN, suspended(running()), StepFixtures.running("p1")))
                .isEqualTo(new Decision(null, new Stopping("pod p1 writes its checkpoint")));
        assertThat(decide(WITHDRAWN, suspended(StepFixtures.job().build()), StepFixtures.ended("p1", 143, null, null)))
                .isEqualTo(new Decision(null, new Stopped("no experiment requests it")));
    }

    @Test
    void a_suspended_job_that_is_requested_again_goes_on() {
        assertThat(decide(REQUESTED, suspended(StepFixtures.job().build())).action())
                .isInstanceOf(Resume.class);
    }

    /// Kueue with `manageJobsWithoutQueueName` suspends it again each time.
    @Test
    void a_job_that_somebody_else_suspended_is_not_resumed_and_the_step_says_what_to_do() {
        String advice = "its Job is suspended by something other than Isogloss: name one of Kueue's queues in"
                + " runtime.queueName, or have whoever suspended the Job resume it";

        assertThat(decide(REQUESTED, suspendedByOthers(StepFixtures.job().build())))
                .isEqualTo(new Decision(null, new Pending(Reason.Queued, advice)));
        assertThat(decide(REQUESTED, suspendedByOthers(running()), StepFixtures.running("p1")))
                .isEqualTo(new Decision(null, new Pending(Reason.Queued, "pod p1 writes its checkpoint; " + advice)));
        assertThat(decide(WITHDRAWN, suspendedByOthers(StepFixtures.job().build()))
                        .phase())
                .isInstanceOf(Stopped.class);
    }

    @Test
    void a_queued_jobs_suspension_belongs_to_kueue() {
        Decision decision =
                decide(REQUESTED, queued(suspended(StepFixtures.job().build())));

        assertThat(decision)
                .isEqualTo(new Decision(
                        null, new Pending(Reason.Queued, "waits in queue research for Kueue to admit its Job")));
        assertThat(decide(WITHDRAWN, queued(running())).action()).isInstanceOf(Remove.class);
    }

    @Test
    void a_job_that_is_made_for_a_queue_is_said_to_wait_there_from_the_start() {
        Runtime queue = new Runtime(
                null, null, null, 4, "research", 3, StepFixtures.RUNTIME.failurePolicy(), 1000000, null, 86400, null);
        Decision decision = decide(StepFixtures.step(StepFixtures.spec(queue, false), 1, null), null);

        assertThat(decision.action()).isInstanceOf(Create.class);
        assertThat(decision.phase())
                .isEqualTo(new Pending(Reason.Queued, "waits in queue research for Kueue to admit its Job"));
    }

    @Test
    void a_job_that_kueue_stops_for_another_one_says_so_while_its_pod_ends() {
        assertThat(decide(REQUESTED, queued(suspended(running())), StepFixtures.running("p1")))
                .isEqualTo(
                        new Decision(
                                null,
                                new Pending(
                                        Reason.Queued,
                                        "made room in queue research: pod p1 writes its checkpoint, then waits for Kueue to admit its Job again")));
    }

    @Test
    void a_result_of_the_right_key_is_success() {
        Job job = StepFixtures.jobWith("Complete", "", "");

        assertThat(decide(REQUESTED, job, StepFixtures.ended("p1", 0, null, StepFixtures.resultOf(StepFixtures.KEY)))
                        .phase())
                .isInstanceOf(Succeeded.class);
    }

    @Test
    void a_result_need_not_wait_until_the_job_has_counted_its_pod() {
        Pod ended = StepFixtures.ended("p1", 0, null, StepFixtures.resultOf(StepFixtures.KEY));
        for (Job job : List.of(running(), StepFixtures.job().build(), leaving(running()), suspended(running())))
            assertThat(decide(REQUESTED, job, ended).phase()).isInstanceOf(Succeeded.class);
        assertThat(decide(WITHDRAWN, running(), ended).phase()).isInstanceOf(Succeeded.class);
    }

    @Test
    void what_is_no_result_waits_for_the_jobs_own_end() {
        for (Pod pod : List.of(
                StepFixtures.ended("p1", 0, null, null),
                StepFixtures.ended("p1", 0, null, StepFixtures.resultOf("f".repeat(64))),
                StepFixtures.ended("p1", 1, "Error", StepFixtures.resultOf(StepFixtures.KEY))))
            assertThat(decide(REQUESTED, running(), pod).phase()).isInstanceOf(Pending.class);
    }

    @Test
    void a_success_without_a_readable_result_is_a_failure() {
        Job job = StepFixtures.jobWith("Complete", "", "");
        for (Pod pod : List.of(
                StepFixtures.ended("p1", 0, null, null),
                StepFixtures.ended("p1", 0, null, "no JSON"),
                StepFixtures.ended("p1", 0, null, "{\"error\":\"odd\"}"),
                StepFixtures.ended("p1", 0, null, StepFixtures.resultOf("f".repeat(64))))) {
            assertThat(decide(REQUESTED, job, pod).phase())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.ResultMissing));
        }
    }

    @Test
    void a_success_whose_pod_is_gone_is_read_from_the_store_by_another_pod() {
        Job job = StepFixtures.jobWith("Complete", "", "");
        for (List<Pod> left : List.of(List.<Pod>of(), List.of(StepFixtures.ended("p1", 137, "Error", null)))) {
            Decision decision = decide(REQUESTED, job, left.toArray(Pod[]::new));

            assertThat(decision.action()).isInstanceOf(Reread.class);
            assertThat(decision.phase())
                    .isEqualTo(new Pending(
                            Reason.JobReplaced,
                            "is started anew: its Job succeeded and its pod is gone, so another one reads the result from"
                                    + " the store"));
        }
        assertThat(decide(WITHDRAWN, job).phase()).isInstanceOf(Stopping.class);
    }

    /// Something deletes pods that have succeeded, or they run on another cluster.
    @Test
    void a_success_whose_pod_is_gone_twice_is_a_failure_until_the_step_is_edited() {
        Job job = StepFixtures.jobWith("Complete", "", "");
        TrainingStep step = StepFixtures.step();
        step.getMetadata().setAnnotations(Map.of(Labels.REREAD, "1"));

        assertThat(decide(step, job)).satisfies(decision -> {
            assertThat(decision.action()).isNull();
            assertThat(decision.phase()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(Reason.ResultMissing);
                assertThat(failed.message()).contains("so was that of a second Job");
            });
        });
        step.getMetadata().setGeneration(2L);
        assertThat(decide(step, job).action()).isInstanceOf(Reread.class);
    }

    @Test
    void the_job_of_a_failure_stays_as_long_as_the_experiment_says() {
        Job failed = new JobBuilder(StepFixtures.jobWith("Failed", "PodFailurePolicy", ""))
                .editSpec()
                .withTtlSecondsAfterFinished(600)
                .endSpec()
                .build();
        assertThat(decide(REQUESTED, failed))
                .isEqualTo(new Decision(
                        new Keep(Reason.RetriesExhausted, "its Job and its logs stay for 86400 s"),
                        new Failed(Reason.RetriesExhausted, "It failed once.")));

        failed.getSpec().setTtlSecondsAfterFinished(86400);
        assertThat(decide(REQUESTED, failed).action()).isNull();
    }

    @Test
    void failures_carry_the_trainers_own_sentence() {
        Job job = StepFixtures.jobWith("Failed", "PodFailurePolicy", "Container trainer failed with exit code 2");

        assertThat(decide(
                                REQUESTED,
                                job,
                                StepFixtures.ended("p1", 2, "Error", "{\"error\":\"train.jsonl line 17: no label.\"}"))
                        .phase())
                .isEqualTo(new Failed(Reason.InvalidInput, "train.jsonl line 17: no label."));
        assertThat(decide(REQUESTED, job, StepFixtures.ended("p1", 3, "Error", "{\"error\":\"Lower the batch size.\"}"))
                        .phase())
                .isEqualTo(new Failed(Reason.OutOfDeviceMemory, "Lower the batch size."));
    }

    @Test
    void failures_without_words_are_told_in_kubernetes_words() {
        Job job = StepFixtures.jobWith("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");

        assertThat(decide(REQUESTED, job).phase())
                .isEqualTo(new Failed(
                        Reason.RetriesExhausted, "It failed once: Job has reached the specified backoff limit"));
        assertThat(decide(REQUESTED, job, StepFixtures.ended("p1", 137, "OOMKilled", null))
                        .phase())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.OutOfMemory));
        assertThat(decide(REQUESTED, StepFixtures.jobWith("Failed", "DeadlineExceeded", ""))
                        .phase())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.DeadlineExceeded));
    }

    @Test
    void a_deadline_that_passed_before_any_node_took_the_pod_is_called_that() {
        Job late = StepFixtures.jobWith("Failed", "DeadlineExceeded", "");

        assertThat(decide(REQUESTED, late).phase())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).startsWith("No node took its pod within"));
        assertThat(decide(REQUESTED, late, StepFixtures.ended("p1", 143, "Error", null))
                        .phase())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).startsWith("It ran longer than"));
    }

    @Test
    void a_step_that_its_owners_left_behind_stays_as_they_requested_it() {
        TrainingStep stopped = StepFixtures.ownedBy(StepFixtures.step(), "a", false);
        stopped.getMetadata().setOwnerReferences(List.of());
        TrainingStep running = StepFixtures.ownedBy(StepFixtures.step(), "a", true);
        running.getMetadata().setOwnerReferences(List.of());

        assertThat(decide(stopped, null).action()).isNull();
        assertThat(decide(running, null).action()).isInstanceOf(Create.class);
    }

    @Test
    void an_edit_replaces_a_job_whose_pods_would_be_others_now() {
        TrainingStep edited = StepFixtures.step(StepFixtures.spec(), 2, null);
        Job old = StepFixtures.job()
                .editMetadata()
                .withAnnotations(Map.of(Labels.GENERATION, "1", Labels.TEMPLATE, "t0"))
                .endMetadata()
                .build();

        assertThat(decide(edited, old).action()).isInstanceOf(Remove.class);
        assertThat(decide(edited, leaving(old)).action()).isNull();
        assertThat(decide(edited, StepFixtures.job().build()).action())
                .as("same pods")
                .isNull();
    }

    @Test
    void a_new_version_of_the_operator_leaves_running_jobs_alone() {
        Job old = StepFixtures.job()
                .editMetadata()
                .withAnnotations(Map.of(Labels.GENERATION, "1", Labels.TEMPLATE, "t0"))
                .endMetadata()
                .build();

        assertThat(decide(REQUESTED, old).action()).isNull();
    }

    @Test
    void a_failed_job_of_an_edited_step_is_tried_again() {
        assertThat(decide(
                                StepFixtures.step(StepFixtures.spec(), 2, null),
                                StepFixtures.jobWith("Failed", "PodFailurePolicy", ""))
                        .action())
                .isInstanceOf(Remove.class);
    }

    @Test
    void an_end_is_an_end() {
        assertThat(StepDecider.decide(view(StepFixtures.step(StepFixtures.spec(), 1, status("Failed", 1)), null)))
                .isEmpty();
        assertThat(StepDecider.decide(
                        view(StepFixtures.step(StepFixtures.spec(), 1, status("Complete", 1)), running())))
                .isEmpty();
    }

    @Test
    void an_edit_gives_a_failure_another_chance_but_a_result_stays_one() {
        assertThat(StepDecider.decide(view(StepFixtures.step(StepFixtures.spec(), 2, status("Failed", 1)), null)))
                .isPresent();
        assertThat(StepDecider.decide(view(StepFixtures.step(StepFixtures.spec(), 2, status("Complete", 1)), null)))
                .isEmpty();
    }

    private static TrainingStepStatus status(String condition, long generation) {
        return new TrainingStepStatus(
                Phase.Pending,
                generation,
                List.of(new Condition(condition, "True", generation, "2026-01-01T00:00:00Z", "Any", "")),
                null,
                0,
                false,
                null,
                null,
                false,
                null,
                null,
                null,
                null);
    }

    @Test
    void a_queue_name_does_not_change_what_a_running_job_is() {
        Runtime queue = new Runtime(
                null, null, null, 4, "research", 3, StepFixtures.RUNTIME.failurePolicy(), 1000000, null, 86400, null);

        assertThat(decide(
                                StepFixtures.step(StepFixtures.spec(queue, false), 1, null),
                                running(),
                                StepFixtures.running("p1"))
                        .phase())
                .isInstanceOf(Running.class);
    }
}
