package dev.isogloss.api.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.isogloss.api.InvalidInput;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rule of a record's component, or of what a list or map in it holds, as the annotations of its type state it.
///
/// @param field  its name in JSON
/// @param inside of the items of a list, or of the values of a map
record ComponentRule(
        String field,
        boolean isOptional,
        @Nullable Range range,
        @Nullable Length length,
        @Nullable Form form,
        @Nullable Items items,
        @Nullable ComponentRule inside) {

    static ComponentRule of(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return of(given == null ? component.getName() : given.value(), component.getAnnotatedType());
    }

    private static ComponentRule of(String field, AnnotatedType type) {
        AnnotatedType[] inside = type instanceof AnnotatedParameterizedType generic
                ? generic.getAnnotatedActualTypeArguments()
                : new AnnotatedType[0];
        Matches matches = type.getAnnotation(Matches.class);
        return new ComponentRule(
                field,
                type.isAnnotationPresent(Nullable.class),
                type.getAnnotation(Range.class),
                type.getAnnotation(Length.class),
                matches == null ? null : matches.value(),
                type.getAnnotation(Items.class),
                inside.length == 0 ? null : of(field, inside[inside.length - 1]));
    }

    /// @throws InvalidInput if the definition would refuse the value here
    void check(@Nullable Object value) {
        check(field, value);
    }

    private void check(String name, @Nullable Object value) {
        if (value == null && !isOptional) throw new InvalidInput(name + " is missing.");
        switch (value) {
            case Number number when range != null -> number(name, number, range);
            case String text when form != null -> form(name, text, form);
            case String text when length != null -> Bounds.length(name, text, length.max());
            case List<?> list -> list(name, list);
            case Map<?, ?> map
            when inside != null -> map.forEach((key, member) -> inside.check(name + "." + key, member));
            case null, default -> {}
        }
    }

    private static void number(String name, Number number, Range range) {
        boolean inclusive = Double.isNaN(range.above());
        Bounds.number(name, number, inclusive ? range.min() : range.above(), inclusive, range.max());
    }

    private void form(String name, String text, Form asked) {
        Bounds.length(name, text, length == null ? asked.most() : length.max());
        if (!Form.matches(asked.pattern(), text))
            throw new InvalidInput("%s is \"%s\"; it must be %s.".formatted(name, text, Form.inWords(asked.pattern())));
    }

    private void list(String name, List<?> list) {
        if (items != null) Bounds.size(name, list, items.min(), items.max());
        if (items != null && items.distinct()) Bounds.different(name, list);
        if (inside != null) list.forEach(item -> inside.check(name, item));
    }
}
