package dev.isogloss.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Mistakes in JSON, in words for those who wrote it. The parser's own sentences end in advice to programmers: which of
/// its features to enable, where a limit is set.
public final class JsonMistake {
    private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '(.*?)'.*");

    private JsonMistake() {}

    /// What is wrong, without a full stop.
    public static String inWords(JsonProcessingException mistake) {
        String said =
                String.valueOf(mistake.getOriginalMessage()).lines().findFirst().orElse("it does not parse");
        Matcher number = NO_NUMBER.matcher(said);
        if (number.matches())
            return "%s is no JSON; write a finite number, or null for what is missing".formatted(number.group(1));
        if (said.startsWith("Trailing token")) return "something follows the end of the value";
        return said.replaceFirst(": maybe a \\(non-standard\\) comment\\?.*", ": JSON has no comments")
                .replaceFirst(" \\(start marker at .*", "")
                .replaceFirst(" \\(class [^)]*\\), not marked as ignorable.*", ", which is no field here")
                .replaceFirst(", from `[^`]*`", "")
                .replaceFirst("'([^']{40})[^']+'", "'$1...'")
                .replaceFirst(": enable `.*", "")
                .replaceFirst(" \\([^()]*Feature[^()]*\\)", "");
    }
}
