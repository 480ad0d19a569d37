package dev.isogloss.operator.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.TrainingStepStatus;
import dev.isogloss.operator.Made;
import dev.isogloss.operator.observe.JobSight;
import dev.isogloss.operator.observe.PodSight;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepStatusesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static TrainingStepStatus succeeded(Job job, Pod pod) {
        StepView seen = new StepView(Made.step(), new JobSight(job), "t1", List.of(new PodSight(pod)));
        return StepStatuses.next(seen, StepDecider.decide(seen).orElseThrow().outlook(), NOW);
    }

    @Test
    void a_step_ends_when_its_container_does() {
        Pod ended = Made.ended("p1", 0, null, Made.resultOf(Made.KEY));
        ended.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .setFinishedAt("2026-01-01T00:09:58Z");
        Job counted = Made.jobWith("Complete", "", "");
        counted.getStatus().setCompletionTime("2026-01-01T00:10:00Z");

        assertThat(succeeded(counted, ended).completionTime()).isEqualTo("2026-01-01T00:09:58Z");
        assertThat(succeeded(Made.job().build(), ended).completionTime()).isEqualTo("2026-01-01T00:09:58Z");
    }

    @Test
    void a_node_that_names_no_time_leaves_it_to_the_job_or_to_our_own_clock() {
        Pod ended = Made.ended("p1", 0, null, Made.resultOf(Made.KEY));
        Job counted = Made.jobWith("Complete", "", "");
        counted.getStatus().setCompletionTime("2026-01-01T00:10:00Z");

        assertThat(succeeded(counted, ended).completionTime()).isEqualTo("2026-01-01T00:10:00Z");
        assertThat(succeeded(Made.job().build(), ended).completionTime()).isEqualTo("2026-01-01T01:00:00Z");
    }

    @Test
    void the_pod_that_succeeded_is_an_attempt_even_before_the_job_has_counted_any() {
        Pod ended = Made.ended("p3", 0, null, Made.resultOf(Made.KEY));

        assertThat(succeeded(Made.job().build(), ended).attempts()).isEqualTo(1);
        assertThat(succeeded(Made.job().editStatus().withFailed(2).endStatus().build(), ended)
                        .attempts())
                .isEqualTo(3);
        assertThat(succeeded(
                                Made.job()
                                        .editStatus()
                                        .withFailed(2)
                                        .withActive(1)
                                        .endStatus()
                                        .build(),
                                ended)
                        .attempts())
                .isEqualTo(3);
        assertThat(succeeded(
                                Made.job()
                                        .editStatus()
                                        .withFailed(2)
                                        .withSucceeded(1)
                                        .endStatus()
                                        .build(),
                                ended)
                        .attempts())
                .isEqualTo(3);
    }
}
