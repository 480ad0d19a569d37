package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Steps by way of their JSON, as the trainer reads them.
class StepJsonTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .registerSubtypes(StepSpec.class.getPermittedSubclasses())
            .registerSubtypes(EncoderOrigin.class.getPermittedSubclasses())
            .build();

    static Stream<StepSpec> steps() {
        return Stream.of(Manifests.plan(Manifests.EVERY_RECORD), Manifests.planRun(Manifests.EVERY_RECORD_OF_A_RUN))
                .flatMap(plan -> plan.steps().stream())
                .map(PlannedStep::spec);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void a_step_that_is_read_from_its_json_is_the_same_step(StepSpec step) throws Exception {
        StepSpec read = JSON.readValue(CanonicalJson.of(step), StepSpec.class);

        assertThat(read).isEqualTo(step);
        assertThat(StepKeys.of(read)).isEqualTo(StepKeys.of(step));
    }
}
