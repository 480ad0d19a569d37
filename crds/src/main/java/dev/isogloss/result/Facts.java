package dev.isogloss.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The numbers that a step leaves beside its scores. What is not a number (NaN, infinite) is no fact and is left out;
/// names that this version does not know are kept.
///
/// @param byName as JSON has them: `updates`, `selected.positive`
public record Facts(SortedMap<String, Double> byName) {
    public static final Facts NONE = new Facts(new TreeMap<>());

    public Facts {
        SortedMap<String, Double> finite = new TreeMap<>(byName);
        finite.values().removeIf(value -> !Double.isFinite(value));
        byName = Collections.unmodifiableSortedMap(finite);
    }

    public static Facts of(Fact fact, double value) {
        return NONE.with(fact, value);
    }

    /// From JSON, or from texts; members that are no numbers are left out.
    @JsonCreator
    public static Facts read(Map<String, ?> json) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        json.forEach((name, value) -> {
            if (value instanceof Number || value instanceof String) numbers.put(name, number(value.toString()));
        });
        return new Facts(numbers);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    public Facts with(Fact fact, double value) {
        return with(new Facts(new TreeMap<>(Map.of(fact.toString(), value))));
    }

    /// @param detail a class, a split and language, a stage; parts of it stand behind dots
    public Facts with(Fact fact, String detail, double value) {
        return with(new Facts(new TreeMap<>(Map.of(fact.of(detail), value))));
    }

    /// @param others whose numbers outrank these
    public Facts with(Facts others) {
        SortedMap<String, Double> all = new TreeMap<>(byName);
        all.putAll(others.byName);
        return new Facts(all);
    }

    public OptionalDouble get(Fact fact) {
        Double value = byName.get(fact.toString());
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /// The numbers of a fact by their details: those of `selected` by class.
    public SortedMap<String, Double> details(Fact fact) {
        SortedMap<String, Double> details = new TreeMap<>();
        String prefix = fact.of("");
        byName.tailMap(prefix).forEach((name, value) -> {
            if (name.startsWith(prefix)) details.put(name.substring(prefix.length()), value);
        });
        return details;
    }

    /// Counts and bytes as whole numbers.
    @JsonValue
    public SortedMap<String, Number> numbers() {
        SortedMap<String, Number> numbers = new TreeMap<>();
        byName.forEach((name, value) -> numbers.put(name, isWhole(name, value) ? (Number) value.longValue() : value));
        return numbers;
    }

    private static boolean isWhole(String name, double value) {
        return value == (long) value
                && Arrays.stream(Fact.values())
                        .anyMatch(fact -> fact.unit().isWhole()
                                && (name.equals(fact.toString()) || name.startsWith(fact.of(""))));
    }

    /// Texts, as the status of a step has them: first the facts of the whole step, then those of classes, languages and
    /// stages, of which there may be any number.
    ///
    /// @param most    facts at most
    /// @param longest letters of a name; facts of longer ones are left out
    public Map<String, String> texts(int most, int longest) {
        Map<String, String> texts = new LinkedHashMap<>();
        Stream.of(false, true)
                .flatMap(detailed -> numbers().entrySet().stream()
                        .filter(fact -> fact.getKey().contains(".") == detailed))
                .filter(fact -> !fact.getKey().isEmpty() && fact.getKey().length() <= longest)
                .limit(most)
                .forEach(fact -> texts.put(fact.getKey(), fact.getValue().toString()));
        return texts;
    }
}
