package dev.isogloss.manifest.cel;

import dev.isogloss.manifest.cel.Cel.EvaluationFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// CEL's operators and functions on values.
final class Operators {
    private Operators() {}

    static Object negate(Object value) {
        if (value instanceof Long whole) return -whole;
        if (value instanceof Double fraction) return -fraction;
        throw failure("-", value);
    }

    static Object binary(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> same(left, right);
            case "!=" -> !same(left, right);
            case "in" -> isIn(left, right);
            case "<" -> compare(left, right) < 0;
            case "<=" -> compare(left, right) <= 0;
            case ">" -> compare(left, right) > 0;
            case ">=" -> compare(left, right) >= 0;
            default -> arithmetic(operator, left, right);
        };
    }

    /// Numbers of all types are equal by value.
    private static boolean same(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) return compare(left, right) == 0;
        if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) return false;
            for (int i = 0; i < a.size(); i++) if (!same(a.get(i), b.get(i))) return false;
            return true;
        }
        return Objects.equals(left, right);
    }

    private static boolean isIn(Object item, Object range) {
        if (range instanceof Map<?, ?> map) return map.containsKey(item);
        return list(range).stream().anyMatch(other -> same(item, other));
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) return a.compareTo(b);
        if (left instanceof Number a && right instanceof Number b)
            return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
        if (left instanceof String a && right instanceof String b) return a.compareTo(b);
        throw failure("compare", left, right);
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) return whole(operator, a, b);
        if (left instanceof Double a && right instanceof Double b) {
            return switch (operator) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "/" -> a / b;
                default -> throw failure(operator, left, right);
            };
        }
        if (operator.equals("+") && left instanceof String a && right instanceof String b) return a + b;
        throw failure(operator, left, right);
    }

    private static Object whole(String operator, long a, long b) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                case "/" -> a / b;
                case "%" -> a % b;
                default -> throw failure(operator, a, b);
            };
        } catch (ArithmeticException impossible) {
            throw new EvaluationFailure(String.valueOf(impossible.getMessage()));
        }
    }

    static Object call(String function, List<Object> values) {
        Object first = values.isEmpty() ? "" : values.getFirst();
        Object second = values.size() < 2 ? "" : values.get(1);
        return switch (function) {
            case "size" -> size(first);
            case "double" -> first instanceof Number number ? number.doubleValue() : Double.parseDouble((String) first);
            case "startsWith" -> string(first).startsWith(string(second));
            case "endsWith" -> string(first).endsWith(string(second));
            case "contains" -> string(first).contains(string(second));
            case "matches" ->
                Pattern.compile(string(second)).matcher(string(first)).find();
            default -> throw new IllegalArgumentException("CEL's function " + function + " is not known here");
        };
    }

    private static long size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> items -> items.size();
            case Map<?, ?> map -> map.size();
            default -> throw failure("size", value);
        };
    }

    private static String string(Object value) {
        if (value instanceof String text) return text;
        throw failure("text", value);
    }

    static List<?> list(Object value) {
        if (value instanceof List<?> list) return list;
        throw failure("list", value);
    }

    private static EvaluationFailure failure(String operator, Object... values) {
        return new EvaluationFailure("no such overload: " + operator + " of " + List.of(values));
    }
}
