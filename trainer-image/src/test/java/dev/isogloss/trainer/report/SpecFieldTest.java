package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecFieldTest {
    private static final String SPEC = """
            {"source": "en", "seeds": [1, 2], "none": null,
             "stages": [{"fineTune": {"epochs": 3}}, {"ear": {"epochs": 5, "scale": 0.5}}, {"fineTune": {"epochs": 7}}]}
            """;

    private static JsonNode spec() {
        try {
            return Json.PLAIN.readTree(SPEC);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source                    | [\"en\"]",
                "seeds                     | [1, 2]",
                "seeds[1]                  | [2]",
                "stages.fineTune.epochs    | [3, 7]",
                "stages[2].fineTune.epochs | [7]",
                "stages[1].fineTune.epochs | []",
                "stages.ear.scale          | [0.5]",
                "spec.stages.ear.scale     | [0.5]",
                "none                      | []",
                "source.name               | []",
                "stages[9].ear             | []",
            })
    void a_field_is_found_by_its_names_a_list_standing_for_its_items(String path, String values) {
        assertThat(SpecField.of(path).in(spec())).hasToString(values);
    }

    @Test
    void a_copy_without_the_field_has_all_else_and_the_spec_keeps_it() {
        JsonNode spec = spec();

        JsonNode rest = SpecField.of("stages.fineTune.epochs").without(spec);

        assertThat(rest.path("stages").toString())
                .isEqualTo("[{\"fineTune\":{}},{\"ear\":{\"epochs\":5,\"scale\":0.5}},{\"fineTune\":{}}]");
        assertThat(SpecField.of("seeds[0]").without(spec).path("seeds")).hasToString("[2]");
        assertThat(spec).isEqualTo(spec());
    }

    @Test
    void a_field_knows_the_numbers_of_the_same_last_name() {
        assertThat(SpecField.of("epochs").namesakes(spec()))
                .containsExactly("stages.ear.epochs", "stages.fineTune.epochs");
        assertThat(SpecField.of("source").namesakes(spec())).isEmpty();
    }
}
