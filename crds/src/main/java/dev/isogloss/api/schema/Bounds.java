package dev.isogloss.api.schema;

import dev.isogloss.api.InvalidInput;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The limits of settings in Java: a record refuses what its definition forbids, in the words of `isogloss validate`.
///
/// Each limit stands in the annotations of a record, from which the definition is made, and again in its constructor:
/// the annotations are not on the trainer's class path. A test holds the two to each other.
public final class Bounds {
    private Bounds() {}

    /// @throws InvalidInput unless least ≤ `value` ≤ most, or it is null
    public static void within(String field, @Nullable Number value, double least, double most) {
        check(field, value, least, true, most);
    }

    /// @throws InvalidInput unless bound < `value` ≤ most, or it is null
    public static void above(String field, @Nullable Number value, double bound, double most) {
        check(field, value, bound, false, most);
    }

    private static void check(String field, @Nullable Number value, double least, boolean inclusive, double most) {
        if (value == null) return;
        if (!Double.isFinite(value.doubleValue()))
            throw new InvalidInput("%s is %s; it must be a finite number.".formatted(field, value));
        BigDecimal number = new BigDecimal(value.toString());
        String remedy = remedy(number, BigDecimal.valueOf(least), inclusive, BigDecimal.valueOf(most));
        if (remedy != null) throw new InvalidInput("%s is %s; %s.".formatted(field, plain(number), remedy));
    }

    /// For a number outside its limits the limit in words, else null.
    public static @Nullable String remedy(
            BigDecimal value, @Nullable BigDecimal least, boolean inclusive, @Nullable BigDecimal most) {
        if (least != null && !inclusive && value.compareTo(least) <= 0)
            return "it must be greater than " + plain(least);
        if (least != null && value.compareTo(least) < 0) return "it must be at least " + plain(least);
        if (most != null && value.compareTo(most) > 0) return "it must be at most " + plain(most);
        return null;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /// @throws InvalidInput if it is null
    public static void present(String field, @Nullable Object value) {
        if (value == null) throw new InvalidInput(field + " is missing.");
    }

    /// @throws InvalidInput unless it is null, or has 1 to so many characters
    public static void length(String field, @Nullable String text, int most) {
        if (text == null) return;
        if (text.isEmpty()) throw new InvalidInput(field + " is empty; write something, or leave the field out.");
        int length = text.codePointCount(0, text.length());
        if (length > most)
            throw new InvalidInput("%s has %d characters; at most %d are possible.".formatted(field, length, most));
    }

    /// @throws InvalidInput unless it is null, or has 1 to so many characters in the pattern's form
    public static void form(String field, @Nullable String text, int most, String pattern) {
        length(field, text, most);
        if (text != null && !Patterns.matches(pattern, text))
            throw new InvalidInput("%s is \"%s\"; it must be %s.".formatted(field, text, Patterns.inWords(pattern)));
    }

    /// An unchangeable copy of a list of names that are all different, each of at most 32 characters.
    ///
    /// @throws InvalidInput unless the names have the pattern's form, and there are 1 to `most` of them
    public static List<String> names(String field, List<String> names, int most, String pattern) {
        List<String> copy = distinct(field, names, 1, most);
        copy.forEach(name -> form(field, name, 32, pattern));
        return copy;
    }

    /// An unchangeable copy.
    ///
    /// @throws InvalidInput unless there are `least` to `most` items, all different
    public static <T> List<T> distinct(String field, List<T> items, int least, int most) {
        List<T> copy = list(field, items, least, most);
        Set<T> seen = new HashSet<>();
        for (T item : copy)
            if (!seen.add(item))
                throw new InvalidInput("%s holds twice %s; remove one of them.".formatted(field, item));
        return copy;
    }

    /// An unchangeable copy.
    ///
    /// @throws InvalidInput unless there are `least` to `most` items
    public static <T> List<T> list(String field, List<T> items, int least, int most) {
        present(field, items);
        if (items.size() > most)
            throw new InvalidInput("%s has %d items; at most %d are possible.".formatted(field, items.size(), most));
        if (items.size() < least)
            throw new InvalidInput("%s has %d items; it needs at least %d.".formatted(field, items.size(), least));
        return List.copyOf(items);
    }

    /// @throws InvalidInput if it is blank
    public static void notBlank(String field, String text) {
        if (text.isBlank()) throw new InvalidInput(field + " is blank; write a name.");
    }

    /// An unchangeable copy.
    ///
    /// @throws InvalidInput unless there is one name at least, all of them different and none blank
    public static List<String> names(String field, List<String> names) {
        List<String> copy = distinct(field, names);
        copy.forEach(name -> notBlank(field, name));
        return copy;
    }

    /// An unchangeable copy.
    ///
    /// @throws InvalidInput unless there is one item at least, all of them different
    public static <T> List<T> distinct(String field, List<T> items) {
        return distinct(field, items, 1, Integer.MAX_VALUE);
    }

    /// An unchangeable copy.
    ///
    /// @throws InvalidInput if it is empty
    public static <T> List<T> some(String field, List<T> items) {
        return list(field, items, 1, Integer.MAX_VALUE);
    }

    /// @throws InvalidInput unless least ≤ `value`
    public static void atLeast(String field, int value, int least) {
        within(field, value, least, Integer.MAX_VALUE);
    }

    /// An unchangeable copy in the same order.
    public static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
