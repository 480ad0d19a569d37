package dev.isogloss.api;

import java.util.Collection;

/// Excerpts of what users' files hold, as messages quote them: short, and harmless to the terminal they are printed on.
///
/// A file may hold a megabyte in one line, or escape sequences that clear a screen, and a message about it also reaches
/// the status of a resource.
public final class Excerpt {
    /// Characters of one value: of a line of a file no more is ever shown.
    static final int OF_VALUE = 80;
    /// Characters of a whole message; of a longer one the beginning is shown, and the end, which says what to do.
    static final int OF_MESSAGE = 4000;

    private static final int OF_BEGINNING = 3000;
    private static final int OF_END = 900;
    /// Names in a list, and characters after which none is added.
    static final int OF_NAMES = 20;

    private static final int OF_LIST = 200;

    private Excerpt() {}

    /// One value, as it may stand between quotation marks.
    public static String of(String value) {
        String shown = printable(cut(value, OF_VALUE), false);
        return shown.length() <= OF_VALUE ? shown : cut(shown, OF_VALUE);
    }

    /// Names between brackets: `[negative, positive]`.
    public static String list(Collection<String> names) {
        return "[" + joined(names) + "]";
    }

    /// Names with commas between them; of many or long ones, the first and how many others there are.
    public static String joined(Collection<String> names) {
        StringBuilder shown = new StringBuilder();
        int count = 0;
        for (String name : names) {
            if (count == OF_NAMES || shown.length() > OF_LIST) break;
            shown.append(count++ == 0 ? "" : ", ").append(of(name));
        }
        return count == names.size() ? shown.toString() : "%s and %,d more".formatted(shown, names.size() - count);
    }

    /// A whole message, whatever stands in it. Its lines stay lines; a message that was made so stays as it is.
    public static String message(String text) {
        String shown = text.length() <= OF_MESSAGE ? printable(text, true) : text;
        return shown.length() <= OF_MESSAGE ? shown : shortened(shown);
    }

    private static String shortened(String text) {
        String beginning = cut(printable(cut(text, OF_BEGINNING), true), OF_BEGINNING);
        String end = end(printable(end(text, OF_END), true), OF_END);
        return "%s (%,d characters left out) %s".formatted(beginning, text.length() - OF_BEGINNING - OF_END, end);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, border(text, length)) + "…";
    }

    private static String end(String text, int length) {
        return text.length() <= length ? text : "…" + text.substring(border(text, text.length() - length));
    }

    /// A place near `at` that is not inside a character that takes two.
    private static int border(String text, int at) {
        boolean inside = Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1));
        return inside ? at - 1 : at;
    }

    /// @param lines whether line ends and tabs are kept
    private static String printable(String text, boolean lines) {
        if (text.codePoints().allMatch(c -> isPrintable(c, lines))) return text;
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPrintable(c, lines)) shown.appendCodePoint(c);
            else shown.append("\\u%04x".formatted(c));
        });
        return shown.toString();
    }

    private static boolean isPrintable(int c, boolean lines) {
        if (lines && (c == '\n' || c == '\t')) return true;
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.FORMAT -> !changesDirection(c) && c != 0xFEFF;
            default -> true;
        };
    }

    /// Marks that show what follows them in another order than it has.
    private static boolean changesDirection(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
