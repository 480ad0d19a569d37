package dev.isogloss.operator.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is told of a pod that a node has and does not start.
class StartDiagnosisTest {
    private static final Job JOB =
            StepFixtures.job().editStatus().withActive(1).endStatus().build();
    private static final Pod HANGING = StepFixtures.pod("p1")
            .editStatus()
            .withStartTime("2026-01-01T00:00:05Z")
            .addNewContainerStatus()
            .withName(Labels.CONTAINER)
            .withNewState()
            .withNewWaiting()
            .withReason("ContainerCreating")
            .endWaiting()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();

    private static JobExecution.Outcome at(String time, Optional<String> warning) {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:" + time + "Z"));
        var diagnosis = new StartDiagnosis((_, _) -> Optional.empty(), _ -> warning, new WriteBudget(2, clock), clock);
        var view = new StepView(StepFixtures.step(), new JobView(JOB), "t1", List.of(new PodView(HANGING)));
        return diagnosis.diagnose(view, (Pending) StepProgress.of(new JobView(JOB), view.podsOfJob()));
    }

    @Test
    void a_pod_that_hangs_says_why() {
        JobExecution.Outcome outcome = at("00:35", Optional.of("FailedAttachVolume: Multi-Attach error"));

        assertThat(outcome.phase())
                .isEqualTo(new Pending(
                        Reason.PodStartDelayed, "pod p1 does not start (FailedAttachVolume: Multi-Attach error)"));
        assertThat(outcome.requeueAfter()).contains(RequeueAfter.BLOCKED);
    }

    @Test
    void a_pod_has_half_a_minute_to_start() {
        JobExecution.Outcome outcome = at("00:25", Optional.of("FailedMount: not registered"));

        assertThat(outcome.phase()).isEqualTo(new Pending(Reason.PodPending, "pod p1 is about to start"));
        assertThat(outcome.requeueAfter()).contains(Duration.ofSeconds(10));
    }

    @Test
    void a_pod_of_which_no_warning_is_told_is_about_to_start() {
        assertThat(at("05:00", Optional.empty()).phase())
                .isEqualTo(new Pending(Reason.PodPending, "pod p1 is about to start"));
    }
}
