package dev.isogloss.operator.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.TerminationMessage.Result;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepStatusesTest {
    private static final StepKey EVALUATION = new StepKey("e".repeat(64));
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

    private static TrainingStepStatus followed(Result... results) {
        FollowUp asked = new FollowUp(EVALUATION.hex(), "Evaluate", "{}", "evaluate");
        TrainingStepSpec own = StepFixtures.spec();
        TrainingStepSpec spec = new TrainingStepSpec(
                own.key(),
                own.kind(),
                own.step(),
                own.title(),
                own.inputs(),
                own.locations(),
                own.storage(),
                own.runtime(),
                own.attempt(),
                own.suspend(),
                List.of(asked));
        Result said = new Result(
                        new StepKey(own.key()), "Train", false, List.of(), Facts.NONE, false, Map.of(), null, 0)
                .with(List.of(results));
        Pod pod = StepFixtures.ended("p1", 0, null, said.text());
        StepView view =
                new StepView(StepFixtures.step(spec, 1, null), new JobView(counted()), "t1", List.of(new PodView(pod)));
        return StepStatuses.next(view, StepDecider.decide(view).orElseThrow().phase(), NOW);
    }

    private static Result evaluation(StepKey key, int scores) {
        return new Result(
                key,
                "Evaluate",
                false,
                IntStream.range(0, scores)
                        .mapToObj(i -> new StepScore("l" + i, "test", "Accuracy", "0.5", 10))
                        .toList(),
                Facts.of(Fact.Seconds, 1.5),
                true,
                Map.of(),
                null,
                0);
    }

    @Test
    void what_the_pod_did_after_its_step_is_kept_with_its_scores() {
        assertThat(followed(evaluation(EVALUATION, 2)).followUps())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.key()).isEqualTo(EVALUATION.hex());
                    assertThat(result.scores()).hasSize(2);
                    assertThat(result.facts()).containsExactly(Map.entry("seconds", "1.5"));
                    assertThat(result.keptModel()).isTrue();
                });
        assertThat(followed().followUps()).isNull();
    }

    @Test
    void a_result_that_nobody_asked_this_pod_for_is_not_believed() {
        assertThat(followed(evaluation(new StepKey("a".repeat(64)), 1)).followUps())
                .isNull();
    }

    @Test
    void a_result_that_is_too_long_for_a_status_is_left_to_a_pod_of_its_own() {
        assertThat(followed(evaluation(EVALUATION, 1000)).followUps()).isNull();
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
