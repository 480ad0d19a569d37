package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.FollowUp;
import dev.isogloss.operator.experiment.ExperimentFixture.Written;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.StepState;
import dev.isogloss.result.StepResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Evaluations `b` and `c` of the model that `a` trains, and `d`, which has another one.
class FollowedStepsTest {

    private static ExperimentFixture experiment() {
        return new ExperimentFixture("a -> b, a -> c, d");
    }

    private static StepState state(ExperimentFixture experiment, String name) {
        return experiment.view().observation().state(experiment.step(name).key());
    }

    private static List<String> followUps(ExperimentFixture experiment, String name) {
        return experiment.spec(name).followUps().stream().map(FollowUp::title).toList();
    }

    @Test
    void a_new_pod_does_the_steps_that_read_its_model_as_well() {
        ExperimentFixture experiment = experiment();

        assertThat(experiment.execute())
                .containsExactlyInAnyOrder(new Written("a", true, 0), new Written("d", true, 0));
        assertThat(followUps(experiment, "a")).containsExactly("b", "c");
        assertThat(followUps(experiment, "d")).isEmpty();
    }

    @Test
    void a_follow_up_is_told_whole() {
        ExperimentFixture experiment = experiment();
        experiment.execute();

        assertThat(experiment.spec("a").followUps().getFirst())
                .isEqualTo(new FollowUp(
                        experiment.step("b").key().hex(),
                        "Evaluate",
                        dev.isogloss.json.CanonicalJson.of(experiment.step("b").spec()),
                        "b"));
    }

    @Test
    void a_user_who_wants_a_pod_for_every_step_has_them() {
        ExperimentFixture experiment = experiment().podPerStep();
        experiment.execute();

        assertThat(followUps(experiment, "a")).isEmpty();
    }

    @Test
    void nothing_follows_a_step_that_must_end_in_time() {
        ExperimentFixture experiment = experiment().deadline();
        experiment.execute();

        assertThat(followUps(experiment, "a")).isEmpty();
    }

    @Test
    void a_pod_does_at_most_eight_steps_after_its_own() {
        StringBuilder drawing = new StringBuilder("a");
        IntStream.range(0, 10).forEach(i -> drawing.append(", a -> e").append(i));
        ExperimentFixture experiment = new ExperimentFixture(drawing.toString());
        experiment.execute();

        assertThat(followUps(experiment, "a")).hasSize(8).startsWith("e0").endsWith("e7");
    }

    @Test
    void what_follows_a_running_step_waits_for_nobody_and_takes_no_slot() {
        ExperimentFixture experiment =
                experiment().seen().parallelism(2).with("a", "running", "me").followedBy("a", "b");

        assertThat(state(experiment, "b")).isEqualTo(new StepState.Following());
        assertThat(state(experiment, "c")).isEqualTo(new StepState.Waiting());
        assertThat(experiment.execute()).containsExactly(new Written("d", true, 0));
    }

    @Test
    void a_step_that_the_pod_did_as_well_is_done_with_its_scores() {
        ExperimentFixture experiment = experiment()
                .seen()
                .with("a", "done", "me")
                .followedBy("a", "b", "c")
                .alsoDid("a", "b");

        StepResult result =
                StepResults.of(experiment.view()).get(experiment.step("b").key());

        assertThat(state(experiment, "b")).isInstanceOf(StepState.Done.class);
        assertThat(result).isNotNull();
        assertThat(result.scores()).extracting(score -> score.value()).containsExactly(0.75);
        assertThat(result.kind()).isEqualTo("Evaluate");
        assertThat(result.keptModel()).isTrue();
    }

    @Test
    void one_whose_turn_did_not_come_gets_a_pod_of_its_own() {
        ExperimentFixture experiment = experiment()
                .seen()
                .with("a", "done", "me")
                .followedBy("a", "b", "c")
                .alsoDid("a", "b");

        assertThat(experiment.execute())
                .containsExactlyInAnyOrder(new Written("c", true, 0), new Written("d", true, 0));
    }

    @Test
    void what_another_experiments_pod_did_is_taken_over() {
        ExperimentFixture experiment = experiment()
                .seen()
                .with("a", "done", "other")
                .with("d", "done", "me")
                .followedBy("a", "b", "c")
                .alsoDid("a", "b")
                .alsoDid("a", "c");

        assertThat(state(experiment, "b")).isEqualTo(new StepState.Done(true));
        assertThat(experiment.actions()).singleElement().isInstanceOf(Action.Conclude.class);
    }

    @Test
    void a_step_of_its_own_says_more_than_the_one_that_it_followed() {
        ExperimentFixture experiment =
                experiment().seen().with("a", "done", "me").followedBy("a", "b").with("b", "failed", "me");

        assertThat(state(experiment, "b")).isInstanceOf(StepState.Failed.class);
    }

    @Test
    void a_step_that_stops_is_followed_by_nothing() {
        ExperimentFixture experiment =
                experiment().seen().suspended().with("a", "stopped", "me").followedBy("a", "b");

        assertThat(state(experiment, "b")).isEqualTo(new StepState.Waiting());
    }

    @Test
    void a_step_that_is_tried_again_is_followed_by_what_is_not_done() {
        ExperimentFixture experiment =
                experiment().with("a", "failed", "me").followedBy("a", "b", "c").with("b", "done", "other");
        experiment.execute();

        assertThat(experiment.written()).contains(new Written("a", true, 1));
        assertThat(followUps(experiment, "a")).containsExactly("c");
    }

    @Test
    void an_edit_leaves_what_follows_a_running_step_as_it_is() {
        ExperimentFixture experiment =
                experiment().with("a", "running", "me").followedBy("a", "c").edited();
        experiment.execute();

        assertThat(experiment.spec("a").runtime().image()).isEqualTo("edited:1");
        assertThat(followUps(experiment, "a")).containsExactly("c");
    }

    @Test
    void a_step_of_an_older_version_is_followed_by_steps_of_their_own() {
        ExperimentFixture experiment = experiment().with("a", "running", "me").with("d", "done", "me");

        assertThat(experiment.execute()).isEmpty();
        assertThat(state(experiment, "b")).isEqualTo(new StepState.Waiting());
    }

    @Test
    void steps_that_follow_count_as_running() {
        ExperimentFixture experiment = experiment()
                .seen()
                .with("a", "running", "me")
                .followedBy("a", "b")
                .with("d", "done", "me");

        assertThat(StepTally.of(experiment.view(), List.of()).counts().running())
                .isEqualTo(2);
    }

    @Test
    void a_step_that_another_pod_will_do_is_left_to_it() {
        ExperimentFixture experiment = experiment().with("d", "running", "me").followedBy("d", "b");
        experiment.execute();

        assertThat(followUps(experiment, "a")).containsExactly("c");
        assertThat(state(experiment, "b")).isEqualTo(new StepState.Following());
    }

    @Test
    void a_step_whose_turn_did_not_come_in_one_pod_may_follow_in_another() {
        ExperimentFixture experiment = experiment()
                .with("a", "done", "me")
                .followedBy("a", "b")
                .with("d", "running", "me")
                .followedBy("d", "b");

        assertThat(state(experiment, "b")).isEqualTo(new StepState.Following());
    }

    @Test
    void what_another_experiment_wants_of_a_pod_is_nothing_of_this_one() {
        ExperimentFixture other = experiment();
        other.execute();
        ExperimentFixture experiment = new ExperimentFixture("a -> b")
                .seen()
                .with("a", "running", "me")
                .madeAs("a", other.spec("a"));

        assertThat(experiment.view().observation().states())
                .containsOnlyKeys(
                        experiment.step("a").key(), experiment.step("b").key());
        assertThat(StepTally.of(experiment.view(), List.of()).counts().running())
                .isEqualTo(2);
    }

    @Test
    void a_step_may_follow_once_some_pod_is_at_its_other_input() {
        ExperimentFixture waits = new ExperimentFixture("d, a -> c + d").parallelism(1);
        waits.execute();
        assertThat(followUps(waits, "d")).isEmpty();

        for (String state : List.of("running", "done")) {
            ExperimentFixture experiment = new ExperimentFixture("d, a -> c + d").with("d", state, "me");
            experiment.execute();

            assertThat(followUps(experiment, "a")).as(state).containsExactly("c");
        }
    }
}
