package dev.isogloss.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMistakeTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"label\": NaN}|NaN is no JSON; write a finite number, or null for what is missing",
                "[-Infinity]|-Infinity is no JSON; write a finite number, or null for what is missing",
                "{\"a\": 1|Unexpected end-of-input: expected close marker for Object",
                "{\"a\": 1} {}|something follows the end of the value",
                "[1, // one¶2]|Unexpected character ('/' (code 47)): JSON has no comments",
                "{\"a\": 01}|Invalid numeric value: Leading zeroes not allowed",
                "{'a': 1}|Unexpected character (''' (code 39)): was expecting double-quote to start field name",
            })
    void a_mistake_is_told_without_advice_to_programmers(String json, String expected) {
        var mistake =
                catchThrowableOfType(JsonProcessingException.class, () -> STRICT.readTree(json.replace('¶', '\n')));

        assertThat(JsonMistake.inWords(mistake)).isEqualTo(expected);
    }

    @Test
    void little_is_quoted_of_what_is_no_json() {
        var mistake = catchThrowableOfType(
                JsonProcessingException.class, () -> STRICT.readTree("KEY_" + "hush".repeat(50) + " = 1"));

        assertThat(JsonMistake.inWords(mistake))
                .startsWith("Unrecognized token 'KEY_hushhush")
                .contains("hush...': was expecting")
                .doesNotContain("hush".repeat(11));
    }
}
