package dev.isogloss.operator.step;

import static dev.isogloss.operator.step.StepDecisions.REQUESTED;
import static dev.isogloss.operator.step.StepDecisions.WITHDRAWN;
import static dev.isogloss.operator.step.StepDecisions.decide;
import static dev.isogloss.operator.step.StepDecisions.leaving;
import static dev.isogloss.operator.step.StepDecisions.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.JobAction.Create;
import dev.isogloss.operator.step.JobAction.Remove;
import dev.isogloss.operator.step.StepDecider.Decision;
import dev.isogloss.operator.step.StepPhase.Failed;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.step.StepPhase.Running;
import dev.isogloss.operator.step.StepPhase.Stopped;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Decisions on whether a step has a Job, and which.
class StepDeciderTest {

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
}
