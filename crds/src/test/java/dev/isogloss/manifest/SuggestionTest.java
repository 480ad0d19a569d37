package dev.isogloss.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    @Test
    void a_misspelt_word_finds_its_name_whatever_its_case() {
        assertThat(Suggestion.to("lable", List.of("text", "label"))).hasValue("label");
        assertThat(Suggestion.to("LABEL", List.of("text", "label"))).hasValue("label");
        assertThat(Suggestion.to("rate", List.of("text", "learningRate"))).hasValue("learningRate");
        assertThat(Suggestion.to("colour", List.of("text", "label"))).isEmpty();
    }

    @Test
    void texts_in_place_of_names_take_no_time() {
        List<String> texts = IntStream.range(0, 20_000)
                .mapToObj(i -> "text %d ".formatted(i).repeat(150))
                .toList();

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(Suggestion.to(texts.getFirst() + i, texts)).isEmpty();
                assertThat(Suggestion.within(2, "a label", texts)).isEmpty();
            }
        });
    }
}
