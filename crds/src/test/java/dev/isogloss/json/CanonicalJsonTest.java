package dev.isogloss.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    /// RFC 8785, appendix B: IEEE 754 bits and the text they get.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbers_are_written_as_the_rfc_lists_them(String bits, String text) {
        assertThat(CanonicalJson.of(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @Property(tries = 5000)
    void every_number_reads_back_as_itself(@ForAll double value) {
        assertThat(Double.parseDouble(CanonicalJson.of(value))).isEqualTo(value == 0 ? 0.0 : value);
    }

    /// RFC 8785, section 3.2.2 to 3.2.4: the sample object and its bytes.
    @Test
    void the_sample_of_the_rfc_gets_the_bytes_of_the_rfc() throws Exception {
        String sample = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}
                """;
        String bytes =
                "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333"
                        + "332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75"
                        + "303030665c6e4127425c225c5c5c5c5c222f227d";

        String canonical = CanonicalJson.of(new ObjectMapper().readTree(sample));

        assertThat(HexFormat.of().formatHex(canonical.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(bytes);
    }

    /// RFC 8785, section 3.2.3: keys in the order of their UTF-16 units, not of their code points.
    @Test
    void keys_are_sorted_by_utf_16_units() {
        Map<String, Integer> keys = Map.of("€", 1, "\r", 2, "\ufb33", 3, "1", 4, "😀", 5, "\u0080", 6, "ö", 7);

        assertThat(CanonicalJson.of(keys))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
    }

    @Test
    void one_number_has_one_text_whatever_its_spelling() {
        assertThat(CanonicalJson.of(List.of(1e-5, 0.00001, 3, 3.0, 3L))).isEqualTo("[0.00001,0.00001,3,3,3]");
    }

    @Test
    void what_is_no_json_number_is_refused() {
        assertThatThrownBy(() -> CanonicalJson.of(Double.NaN)).hasMessage("NaN is no JSON number");
        assertThatThrownBy(() -> CanonicalJson.of(BigInteger.TWO.pow(53).add(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    record Old(double rate) {}

    record Grown(
            double rate,
            @LeftOutAt("0") double smoothing,
            @LeftOutAt("\"Plain\"") String mode) {}

    @Test
    void a_later_hyperparameter_at_its_old_behaviour_leaves_the_text_as_it_was() {
        assertThat(CanonicalJson.of(new Grown(0.5, 0, "Plain"))).isEqualTo(CanonicalJson.of(new Old(0.5)));
        assertThat(CanonicalJson.of(new Grown(0.5, 0.1, "New")))
                .isEqualTo("{\"mode\":\"New\",\"rate\":0.5,\"smoothing\":0.1}");
    }

    record Shared(double rate, @LeftOutAt("0") double smoothing) {}

    record Unwrapping(@JsonUnwrapped Shared shared, int width) {}

    @Test
    void members_of_an_unwrapped_record_stand_and_are_left_out_as_if_they_were_members_of_the_other() {
        assertThat(CanonicalJson.of(new Unwrapping(new Shared(0.5, 0), 1))).isEqualTo("{\"rate\":0.5,\"width\":1}");
        assertThat(CanonicalJson.of(new Unwrapping(new Shared(0.5, 0.1), 1)))
                .isEqualTo("{\"rate\":0.5,\"smoothing\":0.1,\"width\":1}");
    }
}
