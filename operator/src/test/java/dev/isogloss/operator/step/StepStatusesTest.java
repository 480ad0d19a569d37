package dev.isogloss.operator.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepStatusesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static TrainingStepStatus succeeded(Job job, Pod pod) {
        StepView view = new StepView(StepFixtures.step(), new JobView(job), "t1", List.of(new PodView(pod)));
        return StepStatuses.next(view, StepDecider.decide(view).orElseThrow().phase(), NOW);
    }

    private static Pod ended() {
        return StepFixtures.ended("p1", 0, null, StepFixtures.resultOf(StepFixtures.KEY));
    }

    private static Job counted() {
        Job job = StepFixtures.jobWith("Complete", "", "");
        job.getStatus().setCompletionTime("2026-01-01T00:10:00Z");
        return job;
    }

    private static Job job(int failed, int active, int succeeded) {
        return StepFixtures.job()
                .editStatus()
                .withFailed(failed)
                .withActive(active)
                .withSucceeded(succeeded)
                .endStatus()
                .build();
    }

    @Test
    void a_step_ends_when_its_container_does() {
        Pod ended = ended();
        ended.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .setFinishedAt("2026-01-01T00:09:58Z");

        assertThat(succeeded(counted(), ended).completionTime()).isEqualTo("2026-01-01T00:09:58Z");
        assertThat(succeeded(StepFixtures.job().build(), ended).completionTime())
                .isEqualTo("2026-01-01T00:09:58Z");
    }

    @Test
    void a_node_that_names_no_time_leaves_it_to_the_job_or_to_our_own_clock() {
        assertThat(succeeded(counted(), ended()).completionTime()).isEqualTo("2026-01-01T00:10:00Z");
        assertThat(succeeded(StepFixtures.job().build(), ended()).completionTime())
                .isEqualTo("2026-01-01T01:00:00Z");
    }

    @Test
    void the_pod_that_succeeded_is_an_attempt_even_before_the_job_has_counted_any() {
        assertThat(succeeded(StepFixtures.job().build(), ended()).attempts()).isEqualTo(1);
        assertThat(succeeded(job(2, 0, 0), ended()).attempts()).isEqualTo(3);
        assertThat(succeeded(job(2, 1, 0), ended()).attempts()).isEqualTo(3);
        assertThat(succeeded(job(2, 0, 1), ended()).attempts()).isEqualTo(3);
    }
}
