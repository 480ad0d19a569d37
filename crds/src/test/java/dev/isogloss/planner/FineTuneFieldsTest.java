package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fields of `fineTune` that came later than the first keys.
class FineTuneFieldsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "confidencePenalty: 0",
                "penaltyOver: Labels",
                "sources: Mixed",
                "frozenEmbeddings: false",
                "frozenLayers: 0",
            })
    void a_default_that_is_written_out_moves_no_key(String field) {
        assertThat(key(field)).isEqualTo(key("epochs: 2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "confidencePenalty: 1",
                "headDropout: 0.2",
                "sources: OnePerBatch",
                "sources: OnePerBatch, samplingExponent: 0.7",
                "frozenEmbeddings: true",
                "frozenLayers: 3",
                "selection: {keep: Better}",
            })
    void each_of_them_is_part_of_the_key(String field) {
        assertThat(key(field)).isNotEqualTo(key("epochs: 2"));
    }

    @Test
    void a_step_reads_back_from_the_text_that_leaves_defaults_out() throws JsonProcessingException {
        FineTune plain = settings("epochs: 2");
        FineTune turned = settings("sources: OnePerBatch, samplingExponent: 0.7, confidencePenalty: 1");

        for (FineTune settings : new FineTune[] {plain, turned})
            assertThat(new ObjectMapper().readValue(CanonicalJson.of(settings), FineTune.class))
                    .isEqualTo(settings);
        assertThat(CanonicalJson.of(plain)).doesNotContain("sources", "penalty", "frozen");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "samplingExponent: 0.7|write sources: OnePerBatch, or leave it out",
                "penaltyOver: Tokens|raise it, or leave penaltyOver out",
                "confidencePenalty: 1, penaltyOver: Tokens|fineTune.penaltyOver: Tokens is for tasks that label words",
            })
    void what_does_not_fit_is_refused_in_a_sentence(String fields, String sentence) {
        assertThatThrownBy(() -> key(fields)).isInstanceOf(InvalidInput.class).hasMessageContaining(sentence);
    }

    @Test
    void a_penalty_over_tokens_fits_a_task_that_labels_words() {
        String words = manifest("confidencePenalty: 1, penaltyOver: Tokens")
                .replace("SequenceClassification", "NamedEntityRecognition");

        assertThatCode(() -> Manifests.plan(words)).doesNotThrowAnyException();
    }

    private static StepKey key(String fields) {
        return Manifests.plan(manifest(fields)).steps().getFirst().key();
    }

    private static FineTune settings(String fields) {
        return ((TrainStep) Manifests.plan(manifest(fields)).steps().getFirst().spec()).settings();
    }

    private static String manifest(String fields) {
        return Manifests.SMALL
                .replace("epochs: 2", "epochs: 2, " + fields)
                .replace("epochs: 2, epochs: 2", "epochs: 2");
    }
}
