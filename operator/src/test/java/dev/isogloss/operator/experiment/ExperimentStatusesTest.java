package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.status.Conditions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExperimentStatusesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private static ExperimentStatus after(ExperimentFixture experiment) {
        return ExperimentStatuses.next(
                experiment.view(), experiment.outcome(), WholePlans.common(experiment.view()), NOW);
    }

    private static Condition condition(ExperimentStatus status, ConditionType type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    @Test
    void what_was_just_started_is_pending() {
        ExperimentStatus status = after(new ExperimentFixture("a -> b"));

        assertThat(status.phase()).isEqualTo(Phase.Pending);
        assertThat(status.steps()).isEqualTo(new StepCounts(2, 0, 1, 0, 0));
        assertThat(status.progress()).isEqualTo("0/2");
        assertThat(status.startTime()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(condition(status, ConditionType.Planned).message()).isEqualTo("the spec means 2 steps");
    }

    @Test
    void a_pod_makes_it_running() {
        ExperimentStatus status = after(new ExperimentFixture("a -> b").seen().with("a", "running", "me"));

        assertThat(status.phase()).isEqualTo(Phase.Running);
        assertThat(condition(status, ConditionType.Progressing).message()).isEqualTo("1 runs, 0 of 2 steps are done");
    }

    @Test
    void what_holds_up_a_step_is_told_here_too() {
        ExperimentStatus status = after(new ExperimentFixture("a").seen().with("a", "held up", "me"));

        assertThat(status.phase()).isEqualTo(Phase.Pending);
        assertThat(condition(status, ConditionType.Progressing).message())
                .isEqualTo("1 waits for a pod, 0 of 1 steps are done; a: no node takes its pod");
    }

    @Test
    void what_the_api_server_refuses_is_told_and_the_spec_counts_as_unseen_until_it_does_not() {
        ExperimentStatus status = after(new ExperimentFixture("a").refusing("a"));

        assertThat(status.phase()).isEqualTo(Phase.Pending);
        assertThat(status.observedGeneration()).isNull();
        assertThat(condition(status, ConditionType.Progressing).message())
                .isEqualTo("the API server refuses: exceeded quota");
        assertThat(status.steps()).isEqualTo(new StepCounts(1, 0, 0, 0, 0));
    }

    @Test
    void a_step_that_is_being_deleted_is_named() {
        ExperimentFixture experiment =
                new ExperimentFixture("a").with("a", "running", "other").leaving("a");

        assertThat(condition(after(experiment), ConditionType.Progressing).message())
                .isEqualTo("1 waits for a pod, 0 of 1 steps are done; a: waits until its former TrainingStep "
                        + experiment.existing("a").getMetadata().getName() + " is deleted");
    }

    @Test
    void everything_done_is_complete_and_has_results() {
        ExperimentStatus status = after(new ExperimentFixture("a").seen().with("a", "done", "me"));

        assertThat(status.phase()).isEqualTo(Phase.Succeeded);
        assertThat(status.completionTime()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(status.steps()).isEqualTo(new StepCounts(1, 1, 0, 0, 1));
        assertThat(status.results()).hasSize(1);
        assertThat(status.best()).isEqualTo("Accuracy 0.5000 (a, en, test)");
        assertThat(condition(status, ConditionType.Complete).status()).isEqualTo("True");
    }

    @Test
    void a_failure_first_stops_and_then_concludes() {
        ExperimentStatus stopping = after(
                new ExperimentFixture("a, b").seen().with("a", "failed", "me").with("b", "running", "me"));
        assertThat(stopping.phase()).isEqualTo(Phase.Running);
        assertThat(condition(stopping, ConditionType.Progressing).message()).endsWith("train.jsonl is missing.");

        ExperimentStatus failed = after(
                new ExperimentFixture("a, b").seen().with("a", "failed", "me").with("b", "stopped", "me"));
        assertThat(failed.phase()).isEqualTo(Phase.Failed);
        assertThat(condition(failed, ConditionType.Failed).message()).endsWith("train.jsonl is missing.");
    }

    @Test
    void a_failed_sibling_that_others_want_does_not_hold_up_the_conclusion() {
        ExperimentFixture experiment =
                new ExperimentFixture("a, b").seen().with("a", "failed", "me").with("b", "given up", "me");
        dev.isogloss.operator.StepFixtures.ownedBy(
                experiment.view().steps().values().stream()
                        .filter(step -> "b".equals(step.getSpec().title()))
                        .findFirst()
                        .orElseThrow(),
                "other",
                true);

        assertThat(after(experiment).phase()).isEqualTo(Phase.Failed);
    }

    @Test
    void suspension_is_over_when_nothing_runs_any_more() {
        assertThat(after(new ExperimentFixture("a").seen().suspended().with("a", "running", "me"))
                        .phase())
                .isEqualTo(Phase.Running);
        ExperimentStatus status =
                after(new ExperimentFixture("a").seen().suspended().with("a", "stopped", "me"));
        assertThat(status.phase()).isEqualTo(Phase.Suspended);
        assertThat(condition(status, ConditionType.Suspended).status()).isEqualTo("True");
    }

    @Test
    void the_time_of_a_transition_stays_until_the_next_one() {
        Instant later = NOW.plusSeconds(100);
        var first = new Conditions(null, 1, NOW)
                .set(ConditionType.Failed, false, dev.isogloss.operator.names.Reason.NotFailed, "");
        var second = new Conditions(first.list(), 2, later)
                .set(ConditionType.Failed, false, dev.isogloss.operator.names.Reason.NotFailed, "");
        var third = new Conditions(second.list(), 2, later)
                .set(ConditionType.Failed, true, dev.isogloss.operator.names.Reason.StepFailed, "x");

        assertThat(second.list().getFirst().lastTransitionTime()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(second.list().getFirst().observedGeneration()).isEqualTo(2);
        assertThat(third.list().getFirst().lastTransitionTime()).isEqualTo("2026-01-02T03:05:45Z");
    }

    @Test
    void a_spec_that_means_nothing_is_invalid_with_the_planners_sentence() {
        ExperimentStatus status = ExperimentStatuses.invalid(null, 3, "spec.task.type is unknown.", NOW);

        assertThat(status.phase()).isEqualTo(Phase.Invalid);
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(condition(status, ConditionType.Invalid).message()).isEqualTo("spec.task.type is unknown.");
    }

    @Test
    void the_same_scene_gives_the_same_status() {
        ExperimentStatus once = after(new ExperimentFixture("a").seen().with("a", "running", "me"));

        assertThat(after(new ExperimentFixture("a").seen().with("a", "running", "me")))
                .isEqualTo(once);
    }

    @Test
    void between_two_steps_it_runs_on() {
        ExperimentStatus status = after(
                new ExperimentFixture("a -> b").seen().with("a", "done", "me").with("b", "stopped", "other"));

        assertThat(status.phase()).isEqualTo(Phase.Running);
        assertThat(condition(status, ConditionType.Progressing).message())
                .isEqualTo("1 waits for a pod, 1 of 2 steps are done");
    }

    @Test
    void only_how_far_it_is_can_wait() {
        ExperimentStatus begun = after(new ExperimentFixture("a -> b").seen().with("a", "running", "me"));
        ExperimentStatus further = after(
                new ExperimentFixture("a -> b").seen().with("a", "done", "me").with("b", "running", "me"));
        ExperimentStatus stopping = after(
                new ExperimentFixture("a, b").seen().with("a", "failed", "me").with("b", "running", "me"));
        ExperimentStatus done = after(
                new ExperimentFixture("a -> b").seen().with("a", "done", "me").with("b", "done", "me"));

        assertThat(ExperimentStatuses.canWait(null, begun)).isFalse();
        assertThat(ExperimentStatuses.canWait(begun, further)).isTrue();
        assertThat(ExperimentStatuses.canWait(begun, stopping)).isFalse();
        assertThat(ExperimentStatuses.canWait(further, done)).isFalse();
    }
}
