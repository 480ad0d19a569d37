package dev.isogloss.operator.step;

import static dev.isogloss.operator.step.StepDecisions.REQUESTED;
import static dev.isogloss.operator.step.StepDecisions.WITHDRAWN;
import static dev.isogloss.operator.step.StepDecisions.decide;
import static dev.isogloss.operator.step.StepDecisions.leaving;
import static dev.isogloss.operator.step.StepDecisions.running;
import static dev.isogloss.operator.step.StepDecisions.suspended;
import static dev.isogloss.operator.step.StepDecisions.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.JobAction.Keep;
import dev.isogloss.operator.step.JobAction.Remove;
import dev.isogloss.operator.step.JobAction.Reread;
import dev.isogloss.operator.step.StepDecider.Decision;
import dev.isogloss.operator.step.StepPhase.Failed;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.step.StepPhase.Stopping;
import dev.isogloss.operator.step.StepPhase.Succeeded;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Decisions on Jobs that have ended, and on the results and failures they left.
class EndedStepTest {

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

    @Test
    void a_failed_job_of_an_edited_step_is_tried_again() {
        assertThat(decide(
                                StepFixtures.step(StepFixtures.spec(), 2, null),
                                StepFixtures.jobWith("Failed", "PodFailurePolicy", ""))
                        .action())
                .isInstanceOf(Remove.class);
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
}
