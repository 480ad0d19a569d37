package dev.isogloss.api.schema;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A form of names and other texts: its length, its regular expression in RE2's syntax (what the API server and the
/// local reader both understand), and how a person would say it.
public enum Form {
    Language(32, "^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$", "a language code such as de or zh-Hans"),
    Split(32, "^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$", "a name of letters, digits, -, _ and ."),
    Name(128, "^[A-Za-z0-9]([-_.+@/A-Za-z0-9]*[A-Za-z0-9])?$", "a name of letters, digits, -, _, ., +, @ and /"),
    Uri(1024, "^(hf|s3|https?|file)://[^\\s]+$", "an address that starts with hf://, s3:// or file://"),
    RelativePath(
            512,
            "^" + PathPart.PATTERN + "(/+" + PathPart.PATTERN + ")*/*$",
            "a path without leading /, without .. and without spaces"),
    DnsLabel(63, "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "a name of lower-case letters, digits and -"),
    DnsLabelAnyCase(
            32, "^[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$", "a name of letters, digits and -, starting with a letter"),
    DnsName(253, "^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$", "a name of lower-case letters, digits, - and ."),
    EnvironmentVariable(128, "^[A-Za-z_][A-Za-z0-9_]*$", "a name of letters, digits and _"),
    Image(512, "^[^\\s]+$", "the name of an image, without spaces"),
    Key(64, 64, "^[0-9a-f]{64}$", "64 lower-case hex digits"),
    Quantity(64, "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$", "a number such as 2, 500m or 16Gi");

    private static final Map<String, Form> BY_PATTERN =
            Stream.of(values()).collect(Collectors.toMap(Form::pattern, Function.identity()));

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private final int least;
    private final int most;
    private final String pattern;
    private final String words;

    Form(int most, String pattern, String words) {
        this(1, most, pattern, words);
    }

    Form(int least, int most, String pattern, String words) {
        this.least = least;
        this.most = most;
        this.pattern = pattern;
        this.words = words;
    }

    /// The fewest characters.
    public int least() {
        return least;
    }

    /// The most characters.
    public int most() {
        return most;
    }

    public String pattern() {
        return pattern;
    }

    /// True if a text has the pattern's form.
    public static boolean matches(String pattern, String text) {
        return COMPILED.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
    }

    /// The form that a pattern asks for, as a person would say it; the pattern itself if it is none of these.
    public static String inWords(String pattern) {
        Form form = BY_PATTERN.get(pattern);
        return form == null ? "the form " + pattern : form.words;
    }

    /// Text in which braces hold `language` or `split` alone, for rules.
    public static final String PLACEHOLDERS = "^([^{}]|[{](language|split)[}])*$";

    /// Anything but `..` between two slashes.
    private interface PathPart {
        String PATTERN = "([^/\\s]|[^/\\s.][^/\\s]+|\\.[^/\\s.][^/\\s]*|\\.\\.[^/\\s]+)";
    }
}
