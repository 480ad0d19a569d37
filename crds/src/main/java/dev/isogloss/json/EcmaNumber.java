package dev.isogloss.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Doubles as ECMAScript's Number.prototype.toString writes them (ECMA-262, "Number::toString"), which RFC 8785 asks
/// for.
final class EcmaNumber {
    private EcmaNumber() {}

    static String format(JsonNode number) {
        double value = number.doubleValue();
        if (number.isIntegralNumber() && new BigDecimal(number.bigIntegerValue()).compareTo(new BigDecimal(value)) != 0)
            throw new IllegalArgumentException(number + " is no number that JSON programs agree on (beyond 2^53)");
        return format(value);
    }

    static String format(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value))
            throw new IllegalArgumentException(value + " is no JSON number");
        if (value == 0) return "0";
        if (value < 0) return "-" + format(-value);
        BigDecimal shortest = shortest(value);
        String digits = shortest.unscaledValue().toString();
        int length = digits.length();
        int point = length - shortest.scale(); // value = 0.digits × 10^point
        if (length <= point && point <= 21) return digits + "0".repeat(point - length);
        if (0 < point && point <= 21) return digits.substring(0, point) + "." + digits.substring(point);
        if (-6 < point && point <= 0) return "0." + "0".repeat(-point) + digits;
        String exponent = (point > 0 ? "e+" : "e-") + Math.abs(point - 1);
        return length == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
    }

    /// The shortest decimal that reads back as `value`. Java's own text is that, except that it prefers two digits to
    /// one when two are closer (4.9E-324 where ECMAScript has 5e-324).
    private static BigDecimal shortest(double value) {
        BigDecimal java = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (java.precision() != 2) return java;
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP}) {
            BigDecimal one = java.round(new MathContext(1, mode)).stripTrailingZeros();
            if (one.doubleValue() == value) return one;
        }
        return java;
    }
}
