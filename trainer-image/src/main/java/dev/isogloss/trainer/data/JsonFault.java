package dev.isogloss.trainer.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.JsonMistake;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with a line that is no JSON object, in words that its author can act on: a parser's message speaks to
/// programmers, of switches that no user of a file has.
final class JsonFault {
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)' for `ObjectNode`.*", Pattern.DOTALL);
    private static final Pattern NO_NUMBER = Pattern.compile(".*'([-+]?(?:NaN|INF|Infinity))'.*", Pattern.DOTALL);
    private static final Pattern PYTHON =
            Pattern.compile("Unexpected character \\('''.*|Unrecognized token '(None|True|False)'.*", Pattern.DOTALL);

    private JsonFault() {}

    static InvalidInput of(String line, JsonProcessingException e, Lines lines) {
        JsonLocation where = e.getLocation();
        return new InvalidInput(
                "%s:%d:%d: %s."
                        .formatted(
                                lines.path(),
                                lines.number(),
                                where == null ? 1 : Math.max(1, where.getColumnNr()),
                                sentence(line, e)),
                e);
    }

    private static String sentence(String line, JsonProcessingException e) {
        Matcher twice = TWICE.matcher(e.getOriginalMessage());
        return twice.matches()
                ? "the field \"" + Excerpt.of(twice.group(1)) + "\" occurs twice in one object. Leave one of them"
                : "this line is not JSON: " + reason(line, e);
    }

    private static String reason(String line, JsonProcessingException e) {
        String said = e.getOriginalMessage().lines().findFirst().orElse("it does not parse");
        if (said.startsWith("Trailing token"))
            return "something follows the object. Write one object a line, and nothing else";
        Matcher noNumber = NO_NUMBER.matcher(said);
        if (noNumber.matches()) return noNumber.group(1) + " is no value of JSON. Write null where a value is missing";
        if (PYTHON.matcher(said).matches())
            return "it is written as Python prints it. Write it with json.dumps: double quotes, true, false and null";
        if (e instanceof JsonEOFException) return unfinished(line);
        return JsonMistake.inWords(e);
    }

    private static String unfinished(String line) {
        boolean array = line.stripLeading().startsWith("[");
        return "it ends too early. Write one object a line; if the %s over several lines, convert it: jq -c %s FILE > NEW"
                .formatted(array ? "file is an array" : "object is spread", array ? "'.[]'" : ".");
    }
}
