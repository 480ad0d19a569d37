package dev.isogloss.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoTrainingRunStatusTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .build();

    @Test
    void what_all_experiments_tell_stands_beside_what_only_runs_do() throws JsonProcessingException {
        ExperimentStatus common =
                new ExperimentStatus(Phase.Running, 3L, List.of(), null, "4/12", null, null, null, null);
        CoTrainingRunStatus status = new CoTrainingRunStatus(common, 2, "2/5", null, null, null, null, null);

        String json = JSON.writeValueAsString(status);

        assertThat(json).isEqualTo("""
                {"phase":"Running","observedGeneration":3,"conditions":[],"progress":"4/12","round":2,"roundProgress":"2/5"}""");
        assertThat(JSON.readValue(json, CoTrainingRunStatus.class)).isEqualTo(status);
    }

    @Test
    void an_empty_status_has_an_empty_common_part() throws JsonProcessingException {
        assertThat(JSON.readValue("{}", CoTrainingRunStatus.class).common()).isEqualTo(ExperimentStatus.NONE);
    }
}
