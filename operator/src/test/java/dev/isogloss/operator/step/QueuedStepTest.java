package dev.isogloss.operator.step;

import static dev.isogloss.operator.step.StepDecisions.REQUESTED;
import static dev.isogloss.operator.step.StepDecisions.WITHDRAWN;
import static dev.isogloss.operator.step.StepDecisions.decide;
import static dev.isogloss.operator.step.StepDecisions.queued;
import static dev.isogloss.operator.step.StepDecisions.running;
import static dev.isogloss.operator.step.StepDecisions.suspended;
import static dev.isogloss.operator.step.StepDecisions.suspendedByOthers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.JobAction.Create;
import dev.isogloss.operator.step.JobAction.Remove;
import dev.isogloss.operator.step.JobAction.Resume;
import dev.isogloss.operator.step.JobAction.Suspend;
import dev.isogloss.operator.step.StepDecider.Decision;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.step.StepPhase.Running;
import dev.isogloss.operator.step.StepPhase.Stopped;
import dev.isogloss.operator.step.StepPhase.Stopping;
import org.junit.jupiter.api.Test;

/// Decisions on Jobs that are suspended: by us, by Kueue, by somebody else.
class QueuedStepTest {

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
