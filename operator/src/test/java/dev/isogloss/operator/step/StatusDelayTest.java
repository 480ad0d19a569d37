package dev.isogloss.operator.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.StepPhase.Failed;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.step.StepPhase.Running;
import dev.isogloss.operator.step.StepPhase.Stopping;
import dev.isogloss.operator.step.StepPhase.Succeeded;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.result.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusDelayTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
    private static final Pending ROUTINE = new Pending(Reason.PodPending, "pod p1 is about to start");
    private static final Running RUNNING = new Running("pod p1 runs");

    private static StepView view(@Nullable TrainingStepStatus status, String created, String podStarted) {
        TrainingStep step = StepFixtures.step(StepFixtures.spec(), 1, status);
        step.getMetadata().setCreationTimestamp(created);
        Pod pod = new PodBuilder(StepFixtures.running("p1"))
                .editStatus()
                .withStartTime(podStarted)
                .endStatus()
                .build();
        return new StepView(step, new JobView(StepFixtures.job().build()), "t1", List.of(new PodView(pod)));
    }

    private static StepView withoutStatus() {
        return view(null, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    }

    private static StepView withStatus(StepPhase before) {
        return view(
                StepStatuses.next(withoutStatus(), before, NOW.minusSeconds(5)),
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z");
    }

    private static Optional<Duration> delay(StepView view, StepPhase phase) {
        return StatusDelay.minimum(view, phase, NOW);
    }

    @Test
    void a_young_step_gets_no_status_yet() {
        StepView young = view(null, "2026-01-01T00:00:09Z", "2026-01-01T00:00:09Z");

        assertThat(delay(young, ROUTINE)).contains(Duration.ofSeconds(1));
        assertThat(delay(young, RUNNING)).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_step_that_takes_longer_gets_one_when_the_budget_allows() {
        assertThat(delay(withoutStatus(), ROUTINE)).contains(Duration.ZERO);
        assertThat(delay(withoutStatus(), RUNNING)).contains(Duration.ZERO);
    }

    @Test
    void a_wait_in_a_queue_is_routine_unless_it_ends_a_run() {
        Pending queued = new Pending(Reason.Queued, "waits in queue research for Kueue to admit its Job");

        assertThat(delay(withStatus(ROUTINE), queued)).contains(Duration.ZERO);
        assertThat(delay(withStatus(RUNNING), queued)).isEmpty();
    }

    @Test
    void a_pod_that_starts_after_a_wait_is_young_again() {
        StepView waited = view(null, "2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z");

        assertThat(delay(waited, RUNNING)).contains(Duration.ofSeconds(1));
    }

    @Test
    void from_one_routine_wait_to_the_next_the_status_can_wait() {
        assertThat(delay(withStatus(new Pending(Reason.JobCreated, "its Job is made")), ROUTINE))
                .contains(Duration.ZERO);
    }

    @Test
    void a_step_whose_status_waits_is_said_to_run_at_once() {
        assertThat(delay(withStatus(ROUTINE), RUNNING)).isEmpty();
    }

    @Test
    void the_end_of_a_hold_up_is_written_at_once() {
        assertThat(delay(withStatus(new Pending(Reason.Unschedulable, "no node takes its pod")), ROUTINE))
                .isEmpty();
        assertThat(delay(withStatus(RUNNING), ROUTINE)).isEmpty();
    }

    @Test
    void hold_ups_stops_and_ends_are_written_at_once() {
        var result = TerminationMessage.read(StepFixtures.resultOf(StepFixtures.KEY));

        assertThat(List.of(
                        new Pending(Reason.ImagePull, "its image cannot be pulled"),
                        new Pending(Reason.JobResumed, "goes on from its last checkpoint"),
                        new Stopping("pod p1 writes its checkpoint"),
                        new Failed(Reason.InvalidInput, "train.jsonl line 17: no label."),
                        new Succeeded((TerminationMessage.Result) result)))
                .allSatisfy(phase -> assertThat(delay(withoutStatus(), phase)).isEmpty());
    }
}
