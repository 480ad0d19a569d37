package dev.isogloss.operator.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.step.StepPhase.Running;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What is said of a Job that is on its way.
class StepProgressTest {

    private static StepPhase phase(Job job, Pod... pods) {
        return StepProgress.of(
                new JobView(job), Arrays.stream(pods).map(PodView::new).toList());
    }

    @Test
    void what_holds_up_a_pod_is_said_in_kubernetes_words() {
        Pod pod = StepFixtures.pod("p1")
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: 3 Insufficient nvidia.com/gpu.")
                .endCondition()
                .endStatus()
                .build();

        assertThat(phase(
                        StepFixtures.job()
                                .editStatus()
                                .withActive(1)
                                .endStatus()
                                .build(),
                        pod))
                .isEqualTo(new Pending(
                        Reason.Unschedulable,
                        "no node takes its pod: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu."));
    }

    @Test
    void a_pod_behind_a_scheduling_gate_is_queued_and_not_called_unschedulable() {
        Pod pod = StepFixtures.pod("p1")
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("SchedulingGated")
                .withMessage("Scheduling is blocked due to non-empty scheduling gates")
                .endCondition()
                .endStatus()
                .build();

        assertThat(phase(StepFixtures.job().build(), pod))
                .isEqualTo(new Pending(
                        Reason.Queued,
                        "its pod is held back by a scheduling gate, as Kueue sets it until there is room"));
    }

    /// A sidecar that something has injected as an ordinary container never ends by itself.
    @Test
    void a_pod_that_a_sidecar_keeps_from_ending_says_so() {
        Pod pod = new PodBuilder(StepFixtures.ended("p1", 0, "Completed", "{}"))
                .editStatus()
                .withPhase("Running")
                .addNewContainerStatus()
                .withName("istio-proxy")
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(phase(StepFixtures.job().build(), pod)).isInstanceOfSatisfying(Running.class, running -> assertThat(
                        running.message())
                .startsWith("the trainer of pod p1 has ended with exit code 0, and container istio-proxy keeps"));
        assertThat(phase(StepFixtures.job().build(), StepFixtures.running("p1")))
                .isEqualTo(new Running("pod p1 runs"));
    }

    @Test
    void an_image_that_cannot_be_pulled_is_named() {
        Pod pod = StepFixtures.pod("p1")
                .editStatus()
                .addNewContainerStatus()
                .withName(Labels.CONTAINER)
                .withNewState()
                .withNewWaiting("Back-off pulling image", "ImagePullBackOff")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(phase(
                        StepFixtures.job()
                                .editStatus()
                                .withActive(1)
                                .endStatus()
                                .build(),
                        pod))
                .isEqualTo(new Pending(
                        Reason.ImagePull,
                        "its image trainer:1 cannot be pulled (ImagePullBackOff: Back-off pulling image)"));
    }

    @Test
    void a_failure_that_is_retried_is_told_with_the_last_words() {
        Job job = StepFixtures.job().editStatus().withFailed(2).endStatus().build();
        Pod pod = StepFixtures.ended("p1", 1, "Error", "{\"error\":\"The volume is gone.\"}");

        assertThat(phase(job, pod))
                .isEqualTo(new Pending(
                        Reason.Retrying,
                        "waits to be tried again; it failed 2 times, the last time: The volume is gone."));
    }

    @Test
    void a_pod_that_was_told_to_stop_is_waited_for_and_not_called_young() {
        Pod lost = StepFixtures.running("p1");
        lost.getMetadata().setDeletionTimestamp("2026-01-01T00:10:00Z");

        assertThat(phase(StepFixtures.job().build(), lost))
                .isEqualTo(new Pending(Reason.FormerPodLeaving, "waits for pod p1 to end, which was told to stop"));
    }

    @Test
    void a_pod_that_found_its_step_at_work_elsewhere_says_who_has_it() {
        Pod pod = StepFixtures.ended("p1", 75, "Error", "{\"error\":\"process 7 on gpu-3 is running this step\"}");

        assertThat(phase(StepFixtures.job().build(), pod))
                .isEqualTo(new Pending(
                        Reason.Retrying,
                        "waits to be tried again; another process runs the step, the last time: process 7 on gpu-3 is"
                                + " running this step"));
    }

    @Test
    void pods_that_are_thrown_off_their_node_again_and_again_are_told_of() {
        Pod first = evicted("p1");
        Pod second = evicted("p2");

        assertThat(phase(StepFixtures.job().build(), first, second))
                .isEqualTo(new Pending(
                        Reason.Retrying,
                        "waits to be tried again; 2 pods before it were stopped, the last time: "
                                + "Evicted: The node was low on resource: ephemeral-storage."));
        assertThat(phase(StepFixtures.job().build(), first, StepFixtures.running("p2")))
                .isEqualTo(new Running("pod p2 runs; a pod before it was stopped, the last time: "
                        + "Evicted: The node was low on resource: ephemeral-storage."));
    }

    private static Pod evicted(String name) {
        return StepFixtures.pod(name)
                .editStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage("The node was low on resource: ephemeral-storage.")
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }
}
