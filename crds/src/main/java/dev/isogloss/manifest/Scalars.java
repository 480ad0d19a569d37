package dev.isogloss.manifest;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The meaning of an unquoted scalar: the rules of kubectl's YAML reader (a mixture of YAML 1.1 and 1.2), so that a
/// file means the same on a laptop and on a cluster.
final class Scalars {
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private Scalars() {}

    static @Nullable Object plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> false;
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
            case ".nan", ".NaN", ".NAN" -> Double.NaN;
            default -> number(text);
        };
    }

    private static Object number(String text) {
        char first = text.charAt(0);
        if (first != '+' && first != '-' && first != '.' && (first < '0' || first > '9')) return text;
        String digits = text.replace("_", "");
        if (digits.isEmpty()) return text;
        Object whole = whole(digits);
        if (whole != null) return whole;
        if (!FLOAT.matcher(digits).matches()) return text;
        double value = Double.parseDouble(digits);
        return Double.isInfinite(value) ? text : (Object) value;
    }

    private static @Nullable BigInteger whole(String text) {
        boolean signed = text.charAt(0) == '+' || text.charAt(0) == '-';
        String digits = signed ? text.substring(1) : text;
        String lower = digits.toLowerCase(Locale.ROOT);
        int radix = lower.startsWith("0x")
                ? 16
                : lower.startsWith("0o") || lower.matches("0[0-7]+") ? 8 : lower.startsWith("0b") ? 2 : 10;
        String body = lower.matches("0[xob].*") ? lower.substring(2) : lower;
        if (radix == 10 && !body.matches("0|[1-9][0-9]*")) return null;
        if (body.isEmpty() || !body.chars().allMatch(c -> Character.digit(c, radix) >= 0)) return null;
        BigInteger value = new BigInteger(body, radix);
        if (value.bitLength() > 64) return null;
        return text.charAt(0) == '-' ? value.negate() : value;
    }
}
