package dev.isogloss.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Beside a scorer written from the definition of the CoNLL 2018 shared task; `src/test/python/attachment_golden.py`
/// made the numbers.
class AttachmentTest {

    @Test
    void twenty_sentences_have_the_scores_of_the_shared_task_with_and_without_punctuation() throws IOException {
        JsonNode golden;
        try (var in = AttachmentTest.class.getResourceAsStream("attachment.json")) {
            golden = new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
        assertThat(golden.get("sentences")).hasSize(20);
        Attachment all = new Attachment(0, 0, 0);
        Attachment counted = new Attachment(0, 0, 0);
        for (int i = 0; i < 20; i++) {
            JsonNode sentence = golden.get("sentences").get(i);
            List<String> gold = units(sentence.get("gold"));
            List<String> system = units(sentence.get("system"));
            Attachment ofAll = Attachment.of(gold, system, null);
            Attachment ofCounted = Attachment.of(gold, system, counted(sentence.get("tags")));

            requireEqual(golden.get("each").get(i).get("all"), ofAll);
            requireEqual(golden.get("each").get(i).get("counted"), ofCounted);
            all = all.plus(ofAll);
            counted = counted.plus(ofCounted);
        }
        requireEqual(golden.get("together").get("all"), all);
        requireEqual(golden.get("together").get("counted"), counted);
    }

    private static void requireEqual(JsonNode expected, Attachment found) {
        assertThat(found.words()).isEqualTo(expected.get("words").asLong());
        assertThat(found.unlabelledScore()).isCloseTo(expected.get("uas").asDouble(), within(1e-12));
        assertThat(found.labelledScore()).isCloseTo(expected.get("las").asDouble(), within(1e-12));
    }

    private static List<String> units(JsonNode arcs) {
        List<String> units = new ArrayList<>();
        arcs.forEach(arc -> units.add(arc.get(0).asInt() + ":" + arc.get(1).asText()));
        return units;
    }

    private static List<Boolean> counted(JsonNode tags) {
        List<Boolean> counted = new ArrayList<>();
        tags.forEach(tag -> counted.add(!List.of("PUNCT", "SYM").contains(tag.asText())));
        return counted;
    }

    @Test
    void head_1_is_not_head_12_and_a_word_that_was_not_read_is_wrong() {
        assertThat(Attachment.of(List.of("1:obj", "12:obj", "0:root"), List.of("12:obj", "12:iobj", "_"), null))
                .isEqualTo(new Attachment(3, 1, 0));
    }

    @Test
    void without_words_the_scores_are_0() {
        assertThat(new Attachment(0, 0, 0).labelledScore()).isZero();
        assertThat(new Attachment(0, 0, 0).unlabelledScore()).isZero();
    }

    @Test
    void more_words_than_predictions_are_refused() {
        assertThatThrownBy(() -> Attachment.of(List.of("0:root"), List.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Attachment.of(List.of("0:root"), List.of("0:root"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
