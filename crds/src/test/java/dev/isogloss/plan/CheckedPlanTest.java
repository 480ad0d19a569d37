package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.FailurePolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckedPlanTest {
    private static final PlanFixture CHAIN = PlanFixture.of("a -> b");

    @Test
    void a_plan_has_a_name_and_its_steps_once_and_in_order() {
        List<PlannedStep> steps = CHAIN.plan().steps();

        assertThatThrownBy(() -> new Plan(" ", steps)).hasMessage("a plan needs a name");
        assertThatThrownBy(() -> new Plan("lab", steps.reversed())).hasMessage("b stands before a step that it reads");
        assertThatThrownBy(() -> new Plan("lab", List.of(steps.getFirst(), steps.getFirst())))
                .hasMessage("a stands twice in the plan");
    }

    @Test
    void a_planned_step_has_a_title_and_each_round_once() {
        PlannedStep step = CHAIN.plan().steps().getFirst();
        Round round = new Round("lm", null, 1, false);

        assertThatThrownBy(() -> new PlannedStep(step.key(), step.spec(), "s", "", 1L))
                .hasMessage("step %s needs a title".formatted(step.key().brief()));
        assertThatThrownBy(() -> new PlannedStep(step.key(), step.spec(), "s", "a", 1L, List.of(round, round)))
                .hasMessageStartingWith("a belongs to one round twice");
        assertThatThrownBy(() -> new Round("lm", null, -1, false)).hasMessage("there is no round -1");
        assertThatThrownBy(() -> new Round("", null, 1, false)).hasMessage("a round needs the name of its model");
    }

    @Test
    void an_observation_lets_one_step_run_at_least() {
        assertThatThrownBy(() -> new Observation(CHAIN.plan(), Map.of(), 0, FailurePolicy.Stop, 0, false, null))
                .hasMessage("parallelism is 0; at least one step must be able to run");
        assertThatThrownBy(() -> new Observation(CHAIN.plan(), Map.of(), 1, FailurePolicy.Stop, -1, false, null))
                .hasMessage("maxFailed is -1; it cannot be negative");
    }
}
