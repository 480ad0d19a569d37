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

class StepUrgencyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
    private static final Pending USUAL = new Pending(Reason.PodPending, "pod p1 is about to start");
    private static final Running RUNNING = new Running("pod p1 runs");

    private static StepView view(@Nullable TrainingStepStatus said, String created, String podStarted) {
        TrainingStep step = StepFixtures.step(StepFixtures.spec(), 1, said);
        step.getMetadata().setCreationTimestamp(created);
        Pod pod = new PodBuilder(StepFixtures.running("p1"))
                .editStatus()
                .withStartTime(podStarted)
                .endStatus()
                .build();
        return new StepView(step, new JobView(StepFixtures.job().build()), "t1", List.of(new PodView(pod)));
    }

    private static StepView silent() {
        return view(null, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    }

    private static StepView said(StepPhase before) {
        return view(
                StepStatuses.next(silent(), before, NOW.minusSeconds(5)),
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z");
    }

    private static Optional<Duration> patience(StepView seen, StepPhase outlook) {
        return StatusDelay.patience(seen, outlook, NOW);
    }

    @Test
    void a_young_step_is_not_worth_a_word_yet() {
        StepView young = view(null, "2026-01-01T00:00:09Z", "2026-01-01T00:00:09Z");

        assertThat(patience(young, USUAL)).contains(Duration.ofSeconds(1));
        assertThat(patience(young, RUNNING)).contains(Duration.ofSeconds(1));
    }

    @Test
    void one_that_takes_its_time_is_told_of_when_there_is_time() {
        assertThat(patience(silent(), USUAL)).contains(Duration.ZERO);
        assertThat(patience(silent(), RUNNING)).contains(Duration.ZERO);
    }

    @Test
    void a_wait_in_a_queue_is_usual_unless_it_ends_a_run() {
        Pending queued = new Pending(Reason.Queued, "waits in queue research for Kueue to admit its Job");

        assertThat(patience(said(USUAL), queued)).contains(Duration.ZERO);
        assertThat(patience(said(RUNNING), queued)).isEmpty();
    }

    @Test
    void a_pod_that_starts_after_a_wait_is_young_again() {
        StepView waited = view(null, "2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z");

        assertThat(patience(waited, RUNNING)).contains(Duration.ofSeconds(1));
    }

    @Test
    void from_one_usual_wait_to_the_next_is_no_hurry() {
        assertThat(patience(said(new Pending(Reason.JobCreated, "its Job is made")), USUAL))
                .contains(Duration.ZERO);
    }

    @Test
    void what_was_said_to_wait_is_said_to_run_at_once() {
        assertThat(patience(said(USUAL), RUNNING)).isEmpty();
    }

    @Test
    void the_end_of_a_trouble_is_told_at_once() {
        assertThat(patience(said(new Pending(Reason.Unschedulable, "no node takes its pod")), USUAL))
                .isEmpty();
        assertThat(patience(said(RUNNING), USUAL)).isEmpty();
    }

    @Test
    void troubles_stops_and_ends_are_told_at_once() {
        var result = TerminationMessage.read(StepFixtures.resultOf(StepFixtures.KEY));

        assertThat(List.of(
                        new Pending(Reason.ImagePull, "its image cannot be pulled"),
                        new Pending(Reason.JobResumed, "goes on from its last checkpoint"),
                        new Stopping("pod p1 writes its checkpoint"),
                        new Failed(Reason.InvalidInput, "train.jsonl line 17: no label."),
                        new Succeeded((TerminationMessage.Result) result)))
                .allSatisfy(outlook -> assertThat(patience(silent(), outlook)).isEmpty());
    }
}
