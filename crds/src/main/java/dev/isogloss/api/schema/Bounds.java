package dev.isogloss.api.schema;

import dev.isogloss.api.InvalidInput;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The limits of values in Java: a record refuses what its definition forbids, in the words of `isogloss validate`.
public final class Bounds {
    private static final ClassValue<ComponentRule[]> RULES = new ClassValue<>() {
        @Override
        protected ComponentRule[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(ComponentRule::of)
                    .toArray(ComponentRule[]::new);
        }
    };

    private Bounds() {}

    /// Holds a record to the annotations of its components, from which its definition is made as well.
    ///
    /// @param values of all components, in their order
    /// @throws InvalidInput for the first component that is missing, or outside its limits
    public static void check(Class<? extends Record> type, @Nullable Object... values) {
        ComponentRule[] rules = RULES.get(type);
        if (rules.length != values.length)
            throw new IllegalArgumentException(type + " has " + rules.length + " components, not " + values.length);
        for (int i = 0; i < rules.length; i++) rules[i].check(values[i]);
    }

    /// Holds one component alone to its annotations, in a record that is lenient about the others.
    ///
    /// @throws InvalidInput if it is missing, or outside its limits
    public static void check(Class<? extends Record> type, String component, @Nullable Object value) {
        for (ComponentRule rule : RULES.get(type)) if (rule.field().equals(component)) rule.check(value);
    }

    /// @throws InvalidInput unless least ≤ `value` ≤ most
    public static void within(String field, Number value, double least, double most) {
        number(field, value, least, true, most);
    }

    /// @throws InvalidInput unless bound < `value`
    public static void above(String field, Number value, double bound) {
        number(field, value, bound, false, Integer.MAX_VALUE);
    }

    /// @throws InvalidInput unless least ≤ `value`
    public static void atLeast(String field, int value, int least) {
        within(field, value, least, Integer.MAX_VALUE);
    }

    static void number(String field, Number value, double least, boolean inclusive, double most) {
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

    static void length(String field, String text, int most) {
        if (text.isEmpty()) throw new InvalidInput(field + " is empty; write something, or leave the field out.");
        int length = text.codePointCount(0, text.length());
        if (length > most)
            throw new InvalidInput("%s has %d characters; at most %d are possible.".formatted(field, length, most));
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
    /// @throws InvalidInput if it is empty
    public static <T> List<T> some(String field, List<T> items) {
        if (items == null) throw new InvalidInput(field + " is missing.");
        size(field, items, 1, Integer.MAX_VALUE);
        return List.copyOf(items);
    }

    static void size(String field, List<?> items, int least, int most) {
        if (items.size() > most)
            throw new InvalidInput("%s has %d items; at most %d are possible.".formatted(field, items.size(), most));
        if (items.size() < least)
            throw new InvalidInput("%s has %d items; it needs at least %d.".formatted(field, items.size(), least));
    }

    /// An unchangeable copy.
    ///
    /// @throws InvalidInput unless there is one item at least, all of them different
    public static <T> List<T> distinct(String field, List<T> items) {
        List<T> copy = some(field, items);
        different(field, copy);
        return copy;
    }

    static void different(String field, List<?> items) {
        Set<Object> found = new HashSet<>();
        for (Object item : items)
            if (!found.add(item))
                throw new InvalidInput("%s holds twice %s; remove one of them.".formatted(field, item));
    }

    /// An unchangeable copy in the same order.
    public static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
