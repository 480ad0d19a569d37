package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeciderTest {

    @Test
    void a_student_waits_for_its_teacher() {
        assertThat(PlanFixture.of("teacher -> student").running("teacher").decide())
                .isEmpty();
    }

    @Test
    void free_slots_go_to_ready_steps_and_no_more_than_there_are() {
        assertThat(PlanFixture.of("en -> de, en -> ja, en -> fr")
                        .done("en")
                        .running("de")
                        .parallelism(2)
                        .decide())
                .containsExactly("start ja");
    }

    @Test
    void the_step_that_most_work_waits_for_starts_first() {
        assertThat(PlanFixture.of("a, b -> c -> d, e -> f").parallelism(2).decide())
                .containsExactly("start b", "start e");
    }

    @Test
    void a_failure_stops_what_runs_and_then_concludes() {
        PlanFixture failing = PlanFixture.of("a -> b, c -> d").failed("a").running("c");

        assertThat(failing.decide()).containsExactly("stop c");
        assertThat(Decider.decide(failing.done("c").seen()))
                .containsExactly(new Action.Conclude(
                        Verdict.Failed,
                        "step a (%s) failed: disk full"
                                .formatted(failing.key("a").brief())));
    }

    @Test
    void with_continue_only_what_depends_on_the_failed_step_is_left_undone() {
        PlanFixture failing = PlanFixture.of("a -> b, c -> d").continuing(5).failed("a");

        assertThat(failing.decide()).containsExactly("start c");
        assertThat(failing.done("c").done("d").decide()).containsExactly("conclude Failed");
    }

    @Test
    void more_failures_than_allowed_stop_everything_after_all() {
        PlanFixture failing =
                PlanFixture.of("a, b, c, d").continuing(1).failed("a").running("c");

        assertThat(failing.decide()).containsExactlyInAnyOrder("start b", "start d");
        assertThat(failing.failed("b").decide()).containsExactly("stop c");
    }

    @Test
    void suspension_stops_and_starts_nothing() {
        assertThat(PlanFixture.of("a -> b, c").running("a").suspend().decide()).containsExactly("stop a");
        assertThat(PlanFixture.of("a -> b, c").suspend().decide()).isEmpty();
    }

    @Test
    void a_plan_that_is_done_concludes_even_while_suspended() {
        assertThat(PlanFixture.of("a").done("a").suspend().decide()).containsExactly("conclude Succeeded");
    }

    @Test
    void a_verdict_is_final() {
        assertThat(PlanFixture.of("a -> b").failed("a").conclude(Verdict.Failed).decide())
                .isEmpty();
        assertThat(PlanFixture.of("a -> b").conclude(Verdict.Succeeded).decide())
                .isEmpty();
    }

    @Test
    void a_running_step_that_an_edited_plan_does_not_hold_is_stopped() {
        PlanFixture before = PlanFixture.of("old");
        PlanFixture after = PlanFixture.of("new");
        var seen = new Observation(after.plan(), before.running("old").states(), 1, after.policy(), 0, false, null);

        assertThat(Decider.decide(seen))
                .contains(new Action.Stop(before.key("old"), "the plan does not want it any more"));
    }

    @Test
    void a_reused_result_counts_as_done() {
        assertThat(PlanFixture.of("a -> b").with("a", new StepState.Done(true)).decide())
                .isEqualTo(List.of("start b"));
    }
}
