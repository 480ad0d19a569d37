package dev.isogloss.manifest.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Held to Google's implementation: the same value, or an error in both.
class CelTest {
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    static final Map<String, Object> SELF = Map.of(
            "text",
            "hf://org/name",
            "whole",
            7L,
            "half",
            0.5,
            "yes",
            true,
            "list",
            List.of("a", "b", "c"),
            "numbers",
            List.of(1L, 2L, 3L),
            "map",
            Map.of("k", 1L, "l", 2L),
            "items",
            List.of(Map.of("name", "x"), Map.of("name", "y", "size", 2L), Map.of("size", 3L)));

    static String evaluate(java.util.concurrent.Callable<Object> evaluation) throws Exception {
        try {
            return String.valueOf(evaluation.call());
        } catch (Cel.EvaluationFailure | CelEvaluationException _) {
            return "error";
        }
    }

    private static void assertAgreement(String expression, Object self) throws Exception {
        Map<String, Object> variables = Map.of("self", self);
        String ours = evaluate(() -> Cel.compile(expression).evaluate(variables));
        var program = RUNTIME.createProgram(COMPILER.compile(expression).getAst());
        assertThat(ours).as(expression).isEqualTo(evaluate(() -> program.eval(variables)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 * 3 - 4",
                "-(2 + 3) % 3",
                "7 / 2",
                "7 / 0",
                "1.5 * 2.0 + 0.25",
                "'a' + \"b\" == 'ab'",
                "!true || false && true",
                "!(1 < 2) ? 'yes' : 'no'",
                "true ? (false ? 1 : 2) : 3",
                "[1, 2, 3].size() + size('äöü')",
                "2 in [1, 2] && !('x' in ['y'])",
                "'k' in self.map",
                "self.whole % 2 == 1",
                "double(self.whole) + self.half",
                "self.whole > 3 && self.half <= 0.5",
                "self.text.startsWith('hf://') && self.text.endsWith('name') && self.text.contains('org')",
                "self.text.matches('^hf://[a-z]+')",
                "has(self.text) && !has(self.nothing)",
                "self.nothing == 1",
                "self.nothing == 1 || true",
                "true || self.nothing == 1",
                "self.nothing == 1 && false",
                "self.nothing == 1 && true",
                "self.list.all(x, x < 'd')",
                "self.list.exists(x, x == 'b')",
                "self.list.exists_one(x, x > 'a')",
                "self.list.filter(x, x != 'b')",
                "self.numbers.map(x, x * 2)",
                "self.map.all(key, key.size() == 1)",
                "self.items.exists(i, i.name == 'y')",
                "self.items.all(i, i.name == 'x')",
                "self.items.all(i, i.size > 0)",
                "self.items.exists(i, i.name == 'z')",
                "self.items.filter(i, has(i.name)).size() == 2",
                "self.items.exists_one(i, i.name == 'x')",
                "self.list[1] == 'b'",
                "self.list[3] == 'b'",
                "self.map['k'] == 1",
                "[has(self.text), has(self.x), has(self.y)].filter(given, given).size() == 1",
                "self.numbers.all(x, self.numbers.filter(y, y == x).size() == 1)",
                "self.yes && self.whole",
                "[1, [2, 3]] == [1, [2, 3]]",
                "self.map == self.map",
                "self.whole != 8",
                "'b' >= 'a'"
            })
    void an_expression_has_the_value_that_google_gives_it(String expression) throws Exception {
        assertAgreement(expression, SELF);
    }

    @Test
    void what_is_no_expression_is_refused() {
        for (String text : List.of("1 +", "(1", "self.", "has(self)", "[1, 2", "a b", "'open", "1 ~ 2"))
            assertThatThrownBy(() -> Cel.compile(text)).as(text).isInstanceOf(IllegalArgumentException.class);
    }
}
