package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepJson;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Steps by way of their JSON, as the trainer reads them: those of every stage and of every strategy.
class StepJsonTest {

    static Stream<StepSpec> steps() {
        List<PlannedStep> steps =
                new ArrayList<>(Manifests.plan(Manifests.EVERY_RECORD).steps());
        steps.addAll(Manifests.planRun(Manifests.EVERY_RECORD_OF_A_RUN).steps());
        steps.addAll(Manifests.planRun(Manifests.EVERY_RECORD_OF_TRI_TRAINING).steps());
        for (String stage : Manifests.stages())
            steps.addAll(Manifests.plan(Manifests.withPairs(Manifests.SMALL) + "    - " + stage + ": {}\n")
                    .steps());
        for (String strategy : ChoicesTest.exchanging())
            steps.addAll(Manifests.planRun(
                            Manifests.RUN.replace("{coTraining: {rounds: 3}}", "{" + strategy + ": {keep: Best}}"))
                    .steps());
        return steps.stream().map(PlannedStep::spec).distinct();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void a_step_that_is_read_from_its_json_is_the_same_step(StepSpec step) throws Exception {
        StepSpec read = StepJson.read(CanonicalJson.of(step));

        assertThat(read).isEqualTo(step);
        assertThat(StepKeys.of(read)).isEqualTo(StepKeys.of(step));
    }
}
