package dev.isogloss.manifest;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/// Characters that look like blanks or quotation marks and are none for YAML: word processors, chats and web pages put
/// them into manifests.
final class LookAlikes {
    private LookAlikes() {}

    /// What is wrong with a text without quotation marks, if a look-alike is at one of its ends, or makes a key and its
    /// value one text; in a key, if it has one anywhere.
    static Optional<String> mistake(String plain, boolean key) {
        if (plain.isEmpty()) return Optional.empty();
        int first = plain.codePointAt(0);
        int last = plain.codePointBefore(plain.length());
        OptionalInt blank = key
                ? first(plain, LookAlikes::isBlank)
                : first(
                        plain,
                        c -> isBlank(c) && (c == first || c == last || plain.contains(":" + Character.toString(c))));
        if (blank.isPresent()) return Optional.of(blank(blank.getAsInt()));
        if (isQuote(first)) return Optional.of(quote(first));
        return isQuote(last) ? Optional.of(quote(last)) : Optional.empty();
    }

    /// What may be wrong with a line that is no YAML.
    static Optional<String> mistake(String line) {
        OptionalInt blank = first(line, LookAlikes::isBlank);
        if (blank.isPresent()) return Optional.of(blank(blank.getAsInt()));
        OptionalInt quote = first(line, LookAlikes::isQuote);
        return quote.isPresent() ? Optional.of(quote(quote.getAsInt())) : Optional.empty();
    }

    private static OptionalInt first(String text, IntPredicate wanted) {
        return text.codePoints().filter(wanted).findFirst();
    }

    private static String blank(int codePoint) {
        return "U+%04X (%s) stands where YAML wants a plain space; type the blanks here anew"
                .formatted(codePoint, Character.getName(codePoint).toLowerCase(java.util.Locale.ROOT));
    }

    private static String quote(int codePoint) {
        return "%s is no quotation mark for YAML; write \" instead, or '".formatted(Character.toString(codePoint));
    }

    private static boolean isBlank(int c) {
        return c != ' ' && Character.isSpaceChar(c) || c == 0x200B || c == 0xFEFF;
    }

    /// Single ones are left out: ’ ends words of several languages.
    private static boolean isQuote(int c) {
        return c == '“' || c == '”' || c == '„' || c == '‟' || c == '＂';
    }
}
