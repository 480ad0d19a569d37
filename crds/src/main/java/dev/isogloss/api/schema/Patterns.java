package dev.isogloss.api.schema;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Regular expressions of names, in RE2's syntax (what the API server and the local reader both understand).
public final class Patterns {
    public static final String LANGUAGE = "^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$";
    public static final String SPLIT = "^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$";
    public static final String NAME = "^[A-Za-z0-9]([-_.+@/A-Za-z0-9]*[A-Za-z0-9])?$";
    public static final String URI = "^(hf|s3|https?|file)://[^\\s]+$";
    public static final String RELATIVE_PATH = "^[^/\\s][^\\s]*$";
    public static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    public static final String DNS_LABEL_ANY_CASE = "^[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$";
    public static final String DNS_NAME = "^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$";
    public static final String ENVIRONMENT = "^[A-Za-z_][A-Za-z0-9_]*$";
    public static final String IMAGE = "^[^\\s]+$";
    public static final String KEY = "^[0-9a-f]{64}$";
    static final String QUANTITY = "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(LANGUAGE, "a language code such as de or zh-Hans"),
            Map.entry(SPLIT, "a name of letters, digits, -, _ and ."),
            Map.entry(NAME, "a name of letters, digits, -, _, ., +, @ and /"),
            Map.entry(URI, "an address that starts with hf://, s3:// or file://"),
            Map.entry(RELATIVE_PATH, "a path without leading / and without spaces"),
            Map.entry(DNS_LABEL, "a name of lower-case letters, digits and -"),
            Map.entry(DNS_LABEL_ANY_CASE, "a name of letters, digits and -, starting with a letter"),
            Map.entry(DNS_NAME, "a name of lower-case letters, digits, - and ."),
            Map.entry(ENVIRONMENT, "a name of letters, digits and _"),
            Map.entry(IMAGE, "the name of an image, without spaces"),
            Map.entry(KEY, "64 lower-case hex digits"),
            Map.entry(QUANTITY, "a number such as 2, 500m or 16Gi"));

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Patterns() {}

    /// True if a text has the pattern's form.
    public static boolean matches(String pattern, String text) {
        return COMPILED.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
    }

    /// The form that a pattern asks for, as a person would say it; the pattern itself if it is none of these.
    public static String inWords(String pattern) {
        return WORDS.getOrDefault(pattern, "the form " + pattern);
    }
}
