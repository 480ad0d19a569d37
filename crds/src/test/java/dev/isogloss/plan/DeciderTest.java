package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.stream.Stream;
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
                        "1 of 4 steps done; step a (%s) failed: disk full"
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
                .containsExactly(new Action.Stop(
                        before.key("old"), "0 of 1 steps done; the plan does not hold this one any more"));
    }

    @Test
    void a_reused_result_counts_as_done() {
        assertThat(PlanFixture.of("a -> b").with("a", new StepState.Done(true)).decide())
                .isEqualTo(List.of("start b"));
    }

    @Test
    void a_step_that_an_edited_plan_does_not_hold_keeps_its_slot_and_holds_up_the_conclusion_until_it_ends() {
        PlanFixture plan = PlanFixture.of("a, b").parallelism(2);
        StepKey old = PlanFixture.of("old").key("old");

        assertThat(plan.with(old, new StepState.Running()).decide()).containsExactly("stop ?", "start a");
        PlanFixture all = plan.done("a").done("b");
        assertThat(all.with(old, new StepState.Running()).decide()).containsExactly("stop ?");
        assertThat(all.with(old, new StepState.Waiting()).decide()).containsExactly("conclude Succeeded");
    }

    @Test
    void steps_that_an_edited_plan_does_not_hold_are_stopped_in_the_order_of_their_keys() {
        PlanFixture old = PlanFixture.of("a, b, c, d, e, f");
        PlanFixture seen = PlanFixture.of("new -> next").running("new");
        for (StepKey key : old.keys().values()) seen = seen.with(key, new StepState.Running());

        List<Action> actions = Decider.decide(seen.seen());
        assertThat(actions)
                .extracting(action -> ((Action.Stop) action).key())
                .containsExactlyElementsOf(old.keys().values().stream().sorted().toList());
        assertThat(actions)
                .extracting(Action::because)
                .containsOnly("0 of 2 steps done, 1 running; the plan does not hold this one any more");
    }

    @Test
    void where_more_runs_than_may_nothing_starts_and_nothing_is_stopped() {
        assertThat(PlanFixture.of("a, b, c")
                        .running("a")
                        .running("b")
                        .parallelism(1)
                        .decide())
                .isEmpty();
    }

    /// What a decider cannot know: in the last line `a` runs, and the watch has not brought it yet.
    @Test
    void an_executor_that_does_not_see_its_own_writes_starts_too_much() {
        PlanFixture seen =
                PlanFixture.of("x -> y -> y2, x -> z -> z2, w -> a").done("w").parallelism(2);

        assertThat(seen.running("x").decide()).containsExactly("start a");
        assertThat(seen.done("x").running("a").decide()).containsExactly("start y");
        assertThat(seen.done("x").decide()).containsExactly("start y", "start z");
    }

    private static List<String> sentences(PlanFixture lab) {
        return Decider.decide(lab.seen()).stream().map(Action::because).toList();
    }

    @Test
    void a_start_counts_the_slots_and_names_what_it_reads() {
        assertThat(sentences(PlanFixture.of("a, b, c").running("a").parallelism(3)))
                .containsExactly("2 of 3 slots free; reads no other step", "1 of 3 slots free; reads no other step");

        PlanFixture lab = PlanFixture.of("a, b, c, d, a -> one, a + b -> two, a + b + c + d -> four")
                .parallelism(9)
                .done("a")
                .done("b")
                .done("c")
                .done("d");
        List<String> two = briefs(lab, "a", "b");
        List<String> four = briefs(lab, "a", "b", "c", "d");
        assertThat(sentences(lab))
                .containsExactly(
                        "9 of 9 slots free; input %s done"
                                .formatted(lab.key("a").brief()),
                        "8 of 9 slots free; inputs %s, %s done".formatted(two.toArray()),
                        "7 of 9 slots free; 4 inputs done: %s, %s and 2 more".formatted(four.toArray()));
    }

    /// In the order in which sentences name them.
    private static List<String> briefs(PlanFixture lab, String... names) {
        return Stream.of(names).map(lab::key).sorted().map(StepKey::brief).toList();
    }

    @Test
    void a_stop_counts_what_is_done_and_what_runs() {
        PlanFixture lab = PlanFixture.of("a, b, c, d").done("a").running("b").running("c");

        assertThat(sentences(lab.suspend()))
                .hasSize(2)
                .containsOnly("1 of 4 steps done, 2 running; spec.suspend is true");
        assertThat(sentences(lab.failed("d").suspend()))
                .as("a failure ends what a suspension would only interrupt")
                .isEqualTo(sentences(lab.failed("d")))
                .hasSize(2)
                .containsOnly("1 of 4 steps done, 2 running; step d (%s) failed: disk full"
                        .formatted(lab.key("d").brief()));
    }

    @Test
    void of_several_failures_the_count_is_told_and_the_first_of_the_plan() {
        PlanFixture lab = PlanFixture.of("a, b, c").done("a").failed("c").failed("b");
        String b = lab.key("b").brief();

        assertThat(sentences(lab))
                .containsExactly("1 of 3 steps done; 2 steps failed, among them b (%s): disk full".formatted(b));
        assertThat(sentences(lab.continuing(2)))
                .containsExactly("1 of 3 steps done; 2 steps failed, among them b (%s): disk full".formatted(b));
        assertThat(sentences(lab.continuing(1)))
                .containsExactly(
                        "1 of 3 steps done; 2 steps failed, among them b (%s) and maxFailedSteps is 1: disk full"
                                .formatted(b));
    }

    @Test
    void the_first_of_the_plan_is_named_whatever_failed_first() {
        PlanFixture lab = PlanFixture.of("z, y, pretrain, x, teacher, w, student, a");
        for (String name : lab.keys().keySet()) if (!name.equals("z")) lab = lab.failed(name);

        assertThat(sentences(lab)).singleElement().asString().contains("7 steps failed, among them y (");
    }

    @Test
    void a_success_counts_what_was_there_before() {
        assertThat(sentences(PlanFixture.of("a, b").done("a").done("b"))).containsExactly("all 2 steps succeeded");
        assertThat(sentences(PlanFixture.of("a, b").done("a").with("b", new StepState.Done(true))))
                .containsExactly("all 2 steps succeeded, 1 of them reused");
    }

    @Test
    void two_hundred_characters_are_not_too_long() {
        PlanFixture lab = PlanFixture.of("a, b").running("b");
        int others =
                sentences(lab.with("a", new StepState.Failed(""))).getFirst().length();

        assertThat(sentences(lab.with("a", new StepState.Failed("x".repeat(200 - others)))))
                .singleElement()
                .asString()
                .hasSize(200)
                .endsWith("x");
    }

    @Test
    void a_long_cause_is_cut_where_steps_stop_and_whole_in_the_conclusion() {
        PlanFixture lab = PlanFixture.of("a, b").with("a", new StepState.Failed("no ".repeat(100)));

        assertThat(sentences(lab.running("b")))
                .singleElement()
                .asString()
                .hasSize(200)
                .contains("failed: no no ")
                .endsWith("…");
        assertThat(sentences(lab)).singleElement().asString().endsWith("no ".repeat(100));
    }
}
