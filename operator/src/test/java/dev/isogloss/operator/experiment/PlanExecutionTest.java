package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.operator.experiment.ExperimentFixture.Written;
import org.junit.jupiter.api.Test;

/// Who joins, who waits, who is released: every state a step can be found in, against every wish of an experiment.
class PlanExecutionTest {

    @Test
    void a_new_experiment_makes_what_is_ready_and_no_more_than_it_may() {
        ExperimentFixture stage = new ExperimentFixture("a -> b, c, d").parallelism(2);

        assertThat(stage.walk()).containsExactlyInAnyOrder(new Written("a", true, 0), new Written("c", true, 0));
    }

    @Test
    void a_result_of_another_experiment_is_kept_and_counts() {
        ExperimentFixture stage = new ExperimentFixture("a -> b").with("a", "done", "other");

        assertThat(stage.walk()).containsExactlyInAnyOrder(new Written("a", true, 0), new Written("b", true, 0));
    }

    @Test
    void a_step_that_another_experiment_runs_is_joined() {
        ExperimentFixture stage = new ExperimentFixture("a").with("a", "running", "other");

        assertThat(stage.walk()).containsExactly(new Written("a", true, 0));
    }

    @Test
    void nothing_is_written_about_a_step_on_its_way() {
        assertThat(new ExperimentFixture("a -> b")
                        .seen()
                        .with("a", "running", "me")
                        .walk())
                .isEmpty();
    }

    @Test
    void suspension_takes_back_the_wish_once() {
        ExperimentFixture stage = new ExperimentFixture("a").seen().suspended().with("a", "running", "me");

        assertThat(stage.walk()).containsExactly(new Written("a", false, 0));
        assertThat(new ExperimentFixture("a")
                        .seen()
                        .suspended()
                        .with("a", "given up", "me")
                        .walk())
                .isEmpty();
    }

    @Test
    void the_end_of_a_suspension_brings_the_wish_back() {
        assertThat(new ExperimentFixture("a").seen().with("a", "stopped", "me").walk())
                .containsExactly(new Written("a", true, 0));
    }

    @Test
    void a_failure_stops_what_else_runs() {
        ExperimentFixture stage =
                new ExperimentFixture("a, b").seen().with("a", "failed", "me").with("b", "running", "me");

        assertThat(stage.walk()).containsExactlyInAnyOrder(new Written("a", false, 0), new Written("b", false, 0));
    }

    @Test
    void with_continue_a_failure_stops_nothing() {
        ExperimentFixture stage = new ExperimentFixture("a, b")
                .seen()
                .policy(FailurePolicy.Continue)
                .with("a", "failed", "me")
                .with("b", "running", "me");

        assertThat(stage.walk()).containsExactly(new Written("a", false, 0));
    }

    @Test
    void what_failed_is_not_wanted_any_more_so_that_whoever_tries_it_again_can_stop_it() {
        assertThat(new ExperimentFixture("a").seen().with("a", "failed", "me").walk())
                .containsExactly(new Written("a", false, 0));
        assertThat(new ExperimentFixture("a")
                        .seen()
                        .with("a", "failed and given up", "me")
                        .walk())
                .isEmpty();
    }

    @Test
    void a_step_that_failed_for_others_is_tried_again_with_ones_own_settings() {
        ExperimentFixture stage =
                new ExperimentFixture("a").seen().with("a", "failed", "other").edited();

        assertThat(stage.walk()).containsExactly(new Written("a", true, 1));
        assertThat(stage.spec("a").runtime().image()).isEqualTo("edited:1");
    }

    @Test
    void a_new_generation_gives_failed_steps_another_attempt() {
        assertThat(new ExperimentFixture("a").with("a", "failed", "me").walk())
                .containsExactly(new Written("a", true, 1));
        assertThat(new ExperimentFixture("a").with("a", "failed", "other").walk())
                .containsExactly(new Written("a", true, 1));
    }

    @Test
    void another_attempt_that_has_no_slot_yet_is_prepared_all_the_same() {
        ExperimentFixture stage = new ExperimentFixture("a, b")
                .parallelism(1)
                .with("a", "failed", "me")
                .with("b", "failed", "me");

        assertThat(stage.walk()).containsExactlyInAnyOrder(new Written("a", true, 1), new Written("b", false, 1));
    }

    @Test
    void what_the_plan_does_not_hold_any_more_is_released() {
        ExperimentFixture stage =
                new ExperimentFixture("a").with("a", "running", "me").left("old", "running");

        assertThat(stage.walk()).isEmpty();
        assertThat(stage.released()).containsExactly("old");
    }

    @Test
    void an_edit_reaches_a_step_that_is_on_its_way() {
        ExperimentFixture stage =
                new ExperimentFixture("a").with("a", "running", "me").edited();

        assertThat(stage.walk()).containsExactly(new Written("a", true, 0));
        assertThat(stage.spec("a").runtime().image()).isEqualTo("edited:1");
    }

    @Test
    void an_edit_does_not_disturb_a_step_that_somebody_else_wants_too() {
        ExperimentFixture stage =
                new ExperimentFixture("a").with("a", "running", "me", "other").edited();

        assertThat(stage.walk()).isEmpty();
    }

    @Test
    void an_edit_does_not_touch_a_result() {
        assertThat(new ExperimentFixture("a").with("a", "done", "me").edited().walk())
                .isEmpty();
    }

    @Test
    void a_step_that_is_being_deleted_is_waited_for() {
        ExperimentFixture stage =
                new ExperimentFixture("a").with("a", "running", "me").leaving("a");

        assertThat(stage.walk()).isEmpty();
    }

    @Test
    void people_hear_of_it_when_all_is_written() {
        ExperimentFixture stage = new ExperimentFixture("a, b");
        stage.walk();

        assertThat(stage.told()).hasSize(2).allMatch(sentence -> sentence.startsWith("2 written: "));
    }

    @Test
    void what_was_written_before_a_refusal_is_told() {
        ExperimentFixture stage = new ExperimentFixture("a, b").refusing("b");

        assertThatThrownBy(stage::walk).hasMessage("b");
        assertThat(stage.told()).singleElement().asString().startsWith("1 written: a ");
    }
}
