package dev.isogloss.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.run.Strategy;
import dev.isogloss.manifest.Value.Mark;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The test cases of RFC 7386, appendix A, the example of its section 3, and what goes beyond it.
class MergePatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"a":"b"}             | {"a":"c"}               | {"a":"c"}
                {"a":"b"}             | {"b":"c"}               | {"a":"b","b":"c"}
                {"a":"b"}             | {"a":null}              | {}
                {"a":"b","b":"c"}     | {"a":null}              | {"b":"c"}
                {"a":["b"]}           | {"a":"c"}               | {"a":"c"}
                {"a":"c"}             | {"a":["b"]}             | {"a":["b"]}
                {"a":{"b":"c"}}       | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
                {"a":[{"b":"c"}]}     | {"a":[1]}               | {"a":[1]}
                ["a","b"]             | ["c","d"]               | ["c","d"]
                {"a":"b"}             | ["c"]                   | ["c"]
                {"a":"foo"}           | null                    | null
                {"a":"foo"}           | "bar"                   | "bar"
                {"e":null}            | {"a":1}                 | {"e":null,"a":1}
                [1,2]                 | {"a":"b","c":null}      | {"a":"b"}
                {}                    | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
                """)
    void the_cases_of_the_rfc_hold(String target, String patch, String result) throws Exception {
        assertThat(JSON.valueToTree(merged(target, patch)).toString()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},"tags":["example","sample"],"content":"This will be unchanged"} | {"title":"Hello!","phoneNumber":"+01-123-456-7890","author":{"familyName":null},"tags":["example"]} | {"title":"Hello!","author":{"givenName":"John"},"tags":["example"],"content":"This will be unchanged","phoneNumber":"+01-123-456-7890"}
                """)
    void the_example_of_section_3_holds(String target, String patch, String result) throws Exception {
        assertThat(JSON.readTree(JSON.writeValueAsString(merged(target, patch))))
                .isEqualTo(JSON.readTree(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"fromPretraining":{"seed":1},"maxLength":64} | {"location":{"uri":"hf://a/b"}} | {"maxLength":64,"location":{"uri":"hf://a/b"}}
                {"location":{"uri":"hf://a/b"}}       | {"fromPretraining":{}}      | {"fromPretraining":{}}
                {"location":{"claim":"c","path":"p"}} | {"location":{"uri":"u"}}    | {"location":{"uri":"u"}}
                {"location":{"uri":"u"}}              | {"location":{"claim":"c","path":"p"}} | {"location":{"claim":"c","path":"p"}}
                {"claim":"c","path":"p"}              | {"claim":"d"}               | {"claim":"d","path":"p"}
                {"claim":"c","path":"p"}              | {"path":"q"}                | {"claim":"c","path":"q"}
                {"claim":"c","path":"p"}              | {"generated":{}}            | {"generated":{}}
                {"coTraining":{"rounds":3}}           | {"selfTraining":{}}         | {"selfTraining":{}}
                {"shares":{"a":1},"size":9}           | {"dirichlet":1}             | {"size":9,"dirichlet":1}
                {"uri":"u"}                           | {"claim":null}              | {"uri":"u"}
                {"fromPretraining":{"seed":1}}        | {"fromPretraining":{"seed":2}} | {"fromPretraining":{"seed":2}}
                """)
    void what_excludes_the_patch_is_taken_away_without_null(String target, String patch, String result)
            throws Exception {
        assertThat(JSON.valueToTree(merged(target, patch)).toString()).isEqualTo(result);
    }

    @Test
    void every_strategy_and_every_kind_of_place_excludes_the_others() throws Exception {
        List<String> places = new ArrayList<>(names(Location.class));
        places.remove("path"); // of a claim
        for (List<String> alternatives : List.of(names(Strategy.class), places))
            for (String one : alternatives)
                for (String other : alternatives)
                    if (!one.equals(other)) {
                        Object merged = merged("{\"%s\":{}}".formatted(one), "{\"%s\":{}}".formatted(other));
                        assertThat(JSON.writeValueAsString(merged)).isEqualTo("{\"%s\":{}}".formatted(other));
                    }
    }

    private static List<String> names(Class<?> alternatives) {
        return Arrays.stream(alternatives.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static Object merged(String target, String patch) throws Exception {
        return MergePatch.apply(value(target), value(patch)).plain();
    }

    private static Value value(String json) throws Exception {
        return Value.of(JSON.readTree(json), new Mark(0, 0));
    }
}
