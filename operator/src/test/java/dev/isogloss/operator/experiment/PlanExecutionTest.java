package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.operator.experiment.ExperimentFixture.Written;
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
    void what_was_written_before_a_refusal_has_its_event() {
        ExperimentFixture experiment = new ExperimentFixture("a, b").refusing("b");

        assertThatThrownBy(experiment::execute).hasMessage("b");
        assertThat(experiment.events()).singleElement().asString().startsWith("1 written: a ");
    }
}
