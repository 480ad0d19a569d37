package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.operator.experiment.ExperimentFixture.Written;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.StepState;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Owners that join, wait and release: every state of a step against every request of an experiment.
class PlanExecutionTest {

    @Test
    void a_new_experiment_makes_what_is_ready_and_no_more_than_it_may() {
        ExperimentFixture experiment = new ExperimentFixture("a -> b, c, d").parallelism(2);

        assertThat(experiment.execute())
                .containsExactlyInAnyOrder(new Written("a", true, 0), new Written("c", true, 0));
    }

    @Test
    void a_result_of_another_experiment_is_kept_and_counts() {
        ExperimentFixture experiment = new ExperimentFixture("a -> b").with("a", "done", "other");

        assertThat(experiment.execute())
                .containsExactlyInAnyOrder(new Written("a", true, 0), new Written("b", true, 0));
    }

    @Test
    void a_step_that_another_experiment_runs_is_joined() {
        ExperimentFixture experiment = new ExperimentFixture("a").with("a", "running", "other");

        assertThat(experiment.execute()).containsExactly(new Written("a", true, 0));
    }

    @Test
    void nothing_is_written_about_a_step_on_its_way() {
        assertThat(new ExperimentFixture("a -> b")
                        .seen()
                        .with("a", "running", "me")
                        .execute())
                .isEmpty();
    }

    @Test
    void suspension_withdraws_the_request_once() {
        ExperimentFixture experiment =
                new ExperimentFixture("a").seen().suspended().with("a", "running", "me");

        assertThat(experiment.execute()).containsExactly(new Written("a", false, 0));
        assertThat(new ExperimentFixture("a")
                        .seen()
                        .suspended()
                        .with("a", "given up", "me")
                        .execute())
                .isEmpty();
    }

    @Test
    void the_end_of_a_suspension_renews_the_request() {
        assertThat(new ExperimentFixture("a").seen().with("a", "stopped", "me").execute())
                .containsExactly(new Written("a", true, 0));
    }

    @Test
    void a_failure_stops_what_else_runs() {
        ExperimentFixture experiment =
                new ExperimentFixture("a, b").seen().with("a", "failed", "me").with("b", "running", "me");

        assertThat(experiment.execute())
                .containsExactlyInAnyOrder(new Written("a", false, 0), new Written("b", false, 0));
    }

    @Test
    void with_continue_a_failure_stops_nothing() {
        ExperimentFixture experiment = new ExperimentFixture("a, b")
                .seen()
                .policy(FailurePolicy.Continue)
                .with("a", "failed", "me")
                .with("b", "running", "me");

        assertThat(experiment.execute()).containsExactly(new Written("a", false, 0));
    }

    @Test
    void the_request_for_a_failed_step_is_withdrawn_so_that_an_experiment_that_tries_it_again_can_stop_it() {
        assertThat(new ExperimentFixture("a").seen().with("a", "failed", "me").execute())
                .containsExactly(new Written("a", false, 0));
        assertThat(new ExperimentFixture("a")
                        .seen()
                        .with("a", "failed and given up", "me")
                        .execute())
                .isEmpty();
    }

    @Test
    void a_step_that_failed_for_others_is_tried_again_with_ones_own_settings() {
        ExperimentFixture experiment =
                new ExperimentFixture("a").seen().with("a", "failed", "other").edited();

        assertThat(experiment.execute()).containsExactly(new Written("a", true, 1));
        assertThat(experiment.spec("a").runtime().image()).isEqualTo("edited:1");
    }

    @Test
    void a_new_generation_gives_failed_steps_another_attempt() {
        assertThat(new ExperimentFixture("a").with("a", "failed", "me").execute())
                .containsExactly(new Written("a", true, 1));
        assertThat(new ExperimentFixture("a").with("a", "failed", "other").execute())
                .containsExactly(new Written("a", true, 1));
    }

    @Test
    void another_attempt_that_has_no_slot_yet_is_prepared_all_the_same() {
        ExperimentFixture experiment = new ExperimentFixture("a, b")
                .parallelism(1)
                .with("a", "failed", "me")
                .with("b", "failed", "me");

        assertThat(experiment.execute())
                .containsExactlyInAnyOrder(new Written("a", true, 1), new Written("b", false, 1));
    }

    @Test
    void what_the_plan_no_longer_contains_is_released() {
        ExperimentFixture experiment =
                new ExperimentFixture("a").with("a", "running", "me").stale("old", "running");

        assertThat(experiment.execute()).isEmpty();
        assertThat(experiment.released()).containsExactly("old");
    }

    @Test
    void an_edit_reaches_a_step_that_is_on_its_way() {
        ExperimentFixture experiment =
                new ExperimentFixture("a").with("a", "running", "me").edited();

        assertThat(experiment.execute()).containsExactly(new Written("a", true, 0));
        assertThat(experiment.spec("a").runtime().image()).isEqualTo("edited:1");
    }

    @Test
    void an_edit_does_not_disturb_a_step_that_another_experiment_requests_too() {
        ExperimentFixture experiment =
                new ExperimentFixture("a").with("a", "running", "me", "other").edited();

        assertThat(experiment.execute()).isEmpty();
    }

    @Test
    void an_edit_does_not_touch_a_result() {
        assertThat(new ExperimentFixture("a").with("a", "done", "me").edited().execute())
                .isEmpty();
    }

    @Test
    void a_step_that_is_being_deleted_is_waited_for() {
        ExperimentFixture experiment =
                new ExperimentFixture("a").with("a", "running", "me").leaving("a");

        assertThat(experiment.execute()).isEmpty();
    }

    @Test
    void events_are_recorded_when_all_is_written() {
        ExperimentFixture experiment = new ExperimentFixture("a, b");
        experiment.execute();

        assertThat(experiment.events()).hasSize(2).allMatch(sentence -> sentence.startsWith("2 written: "));
    }

    @Test
    void a_refusal_ends_none_of_the_other_writes_and_is_told() {
        ExperimentFixture experiment = new ExperimentFixture("a, b, c")
                .refusing("a")
                .with("c", "done", "other")
                .stale("old", "running");
        PlanExecution.Outcome outcome = experiment.outcome();

        assertThat(outcome.refusal()).hasValue("exceeded quota");
        assertThat(outcome.actions()).singleElement().isInstanceOfSatisfying(Action.Start.class, start -> assertThat(
                        start.step().title())
                .isEqualTo("b"));
        assertThat(experiment.written()).containsExactly(new Written("b", true, 0), new Written("c", true, 0));
        assertThat(experiment.released()).containsExactly("old");
        assertThat(experiment.events()).hasSize(2);
    }

    @Test
    void what_makes_room_in_a_quota_comes_before_what_needs_it() {
        ExperimentFixture experiment =
                new ExperimentFixture("a, b").stale("old", "running").with("b", "done", "other");
        experiment.execute();

        assertThat(experiment.order()).containsExactly("-old", "store", "a", "b");
    }

    @Test
    void no_step_is_started_while_the_claim_for_its_result_is_refused() {
        ExperimentFixture experiment =
                new ExperimentFixture("a, b").refusing("store").with("b", "done", "other");

        assertThat(experiment.outcome().refusal()).hasValue("exceeded quota");
        assertThat(experiment.written()).containsExactly(new Written("b", true, 0));
    }

    @Test
    void an_experiment_does_not_conclude_while_a_write_is_refused() {
        ExperimentFixture experiment = new ExperimentFixture("a").refusing("a").with("a", "done", "other");

        assertThat(experiment.outcome().actions()).isEmpty();
    }

    /// A generation counts as observed only once the API server refuses nothing of it.
    @Test
    void a_generation_gives_a_failed_step_one_more_attempt_however_long_something_of_it_is_refused() {
        ExperimentFixture first =
                new ExperimentFixture("a").with("a", "failed", "me").policy(FailurePolicy.Continue);
        assertThat(first.execute()).containsExactly(new Written("a", true, 1));
        assertThat(first.requests("a").isTriedBy("me", 1)).isTrue();

        ExperimentFixture later = new ExperimentFixture("a, b")
                .refusing("b")
                .policy(FailurePolicy.Continue)
                .with("a", "failed", "me")
                .tried("a");
        assertThat(later.execute()).containsExactly(new Written("a", false, 0));
        assertThat(later.view().state(Objects.requireNonNull(later.existing("a"))))
                .isInstanceOf(StepState.Failed.class);
    }

    @Test
    void what_a_generation_has_made_or_edited_counts_as_tried() {
        ExperimentFixture making = new ExperimentFixture("a");
        making.execute();
        assertThat(making.requests("a").isTriedBy("me", 1)).isTrue();

        ExperimentFixture editing =
                new ExperimentFixture("a").with("a", "running", "me").edited();
        editing.execute();
        assertThat(editing.requests("a").isTriedBy("me", 1)).isTrue();

        ExperimentFixture joining = new ExperimentFixture("a").with("a", "running", "other");
        joining.execute();
        assertThat(joining.requests("a").isTriedBy("me", 1)).isFalse();
    }

    @Test
    void an_experiment_that_joins_a_failed_step_tries_it_again_once() {
        ExperimentFixture joining = new ExperimentFixture("a").with("a", "failed", "other");
        joining.execute();

        assertThat(joining.requests("a").isTriedBy("me", 1)).isTrue();
    }

    @Test
    void a_finished_step_with_many_owners_is_read_without_joining_them() {
        String[] others = IntStream.range(0, PlanExecution.ENOUGH_OWNERS)
                .mapToObj(i -> "other-" + i)
                .toArray(String[]::new);

        assertThat(new ExperimentFixture("a -> b").with("a", "done", others).execute())
                .containsExactly(new Written("b", true, 0));
    }

    @Test
    void a_step_that_is_being_deleted_is_looked_at_again_unless_its_result_is_there() {
        assertThat(new ExperimentFixture("a")
                        .with("a", "running", "other")
                        .leaving("a")
                        .view()
                        .leavingStep())
                .isPresent();
        assertThat(new ExperimentFixture("a")
                        .with("a", "done", "other")
                        .leaving("a")
                        .view()
                        .leavingStep())
                .isEmpty();
        assertThat(new ExperimentFixture("a").with("a", "running", "me").view().leavingStep())
                .isEmpty();
    }
}
