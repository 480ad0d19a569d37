package dev.isogloss.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.PartOf;
import dev.isogloss.api.schema.Quantities;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.Scalars;
import dev.isogloss.api.schema.SchemaInside;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/// The parts of a schema that the generator cannot derive, added by walking a record and its schema side by side: the
/// order of fields, limits of maps and their keys, lists that are sets or maps, quantities, the fields of unwrapped
/// records, defaults inside a field.
final class SchemaPolish {
    private static final String MAP_TYPE = "x-kubernetes-map-type";

    private static final ObjectMapper JSON = new ObjectMapper();

    void polish(Class<?> type, ObjectNode schema) {
        ObjectNode properties = (ObjectNode) schema.path("properties");
        ObjectNode ordered = properties.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode field = (ObjectNode) properties.remove(name(component));
            field(component, field);
            if (isUnwrapped(component)) unwrap(field, schema, ordered);
            else ordered.set(name(component), field);
        }
        if (!properties.isEmpty()) throw new IllegalStateException(type + " and its schema differ: " + properties);
        ObjectNode sorted = schema.putObject("properties");
        for (RecordComponent component : fields(type))
            if (ordered.has(name(component))) sorted.set(name(component), ordered.path(name(component)));
    }

    /// Gives the record around it the fields of an unwrapped one and, first, its rules.
    private static void unwrap(ObjectNode inner, ObjectNode outer, ObjectNode properties) {
        properties.setAll((ObjectNode) inner.path("properties"));
        if (inner.path("x-kubernetes-validations") instanceof ArrayNode rules)
            outer.set("x-kubernetes-validations", rules.addAll(outer.withArray("x-kubernetes-validations")));
    }

    /// The components of a record as fields of its JSON: those of unwrapped records in the place of their record, and
    /// before all others those that `@JsonPropertyOrder` names.
    static List<RecordComponent> fields(Class<?> type) {
        List<String> first = type.getAnnotation(JsonPropertyOrder.class) instanceof JsonPropertyOrder order
                ? List.of(order.value())
                : List.of();
        return Stream.of(type.getRecordComponents())
                .flatMap(component ->
                        isUnwrapped(component) ? fields(component.getType()).stream() : Stream.of(component))
                .sorted(Comparator.comparingInt(
                        component -> first.contains(name(component)) ? first.indexOf(name(component)) : first.size()))
                .toList();
    }

    static String name(RecordComponent component) {
        return component.getAccessor().getAnnotation(JsonProperty.class) instanceof JsonProperty given
                ? given.value()
                : component.getName();
    }

    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    /// Requires of a spec what has no default and may not be null, and ends its description by that.
    static void required(Class<?> type, JsonNode schema) {
        ObjectNode properties = (ObjectNode) schema.path("properties");
        Set<String> required = new TreeSet<>();
        for (RecordComponent component : fields(type)) {
            if (!(properties.path(name(component)) instanceof ObjectNode field)) continue;
            required(component.getGenericType(), field);
            if (field.has("default") || component.getAnnotatedType().isAnnotationPresent(Nullable.class)) continue;
            required.add(name(component));
            field.put("description", field.path("description").asText() + " Required.");
        }
        if (required.isEmpty()) return;
        Map<String, JsonNode> keywords = new LinkedHashMap<>();
        schema.properties().forEach(keyword -> {
            keywords.put(keyword.getKey(), keyword.getValue());
            if (keyword.getKey().equals("properties")) keywords.put("required", JSON.valueToTree(required));
        });
        ((ObjectNode) schema).removeAll().setAll(keywords);
    }

    private static void required(Type type, ObjectNode field) {
        switch (type) {
            case Class<?> record when record.isRecord() -> required(record, (JsonNode) field);
            case ParameterizedType generic -> {
                Type[] arguments = generic.getActualTypeArguments();
                if (field.path(arguments.length == 1 ? "items" : "additionalProperties") instanceof ObjectNode inside)
                    required(arguments[arguments.length - 1], inside);
            }
            default -> {}
        }
    }

    /// Ends descriptions that leave the default open with the default that holds in this place.
    static void defaultsInWords(JsonNode schema) {
        for (JsonNode field : schema.path("properties")) {
            String text = field.path("description").asText();
            if (field.has("default") && !text.contains("Default "))
                ((ObjectNode) field)
                        .put("description", "%s Default %s.".formatted(text, inWords(field.path("default"))));
            defaultsInWords(field);
        }
        for (String inside : List.of("items", "additionalProperties"))
            if (schema.path(inside).isObject()) defaultsInWords(schema.path(inside));
    }

    private static String inWords(JsonNode value) {
        if (value.isNumber()) return value.decimalValue().stripTrailingZeros().toPlainString();
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /// The rules and descriptions of the resource itself.
    static void root(ObjectNode schema, Class<?> kind) {
        schema.putArray("required").add("spec");
        ObjectNode name = schema.withArray("x-kubernetes-validations").addObject();
        name.put("rule", "self.metadata.name.size() <= 63");
        name.put("message", "metadata.name has at most 63 characters");
        schema.put("description", description(kind));
        ObjectNode spec = (ObjectNode) schema.at("/properties/spec");
        ObjectNode status = (ObjectNode) schema.at("/properties/status");
        spec.put("description", "What is wanted.");
        status.put("description", "What became of it; written by the operator.");
        // Written by one hand, as a whole: then the API server need not keep who wrote which field of it.
        status.put(MAP_TYPE, "atomic");
        if (kind == TrainingStep.class) spec.put(MAP_TYPE, "atomic");
    }

    /// Printer columns in the order in which the type names them.
    static void columns(ObjectNode version, Class<?> kind) {
        List<String> order = Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        List<JsonNode> columns = new ArrayList<>();
        version.path("additionalPrinterColumns").forEach(columns::add);
        columns.sort(Comparator.comparingInt(
                column -> order.indexOf(column.path("name").asText())));
        version.putArray("additionalPrinterColumns").addAll(columns);
    }

    private static String description(Class<?> kind) {
        return switch (kind.getSimpleName()) {
            case "TransferExperiment" ->
                "One encoder taken through a list of stages, for every target language and seed.";
            case "CoTrainingRun" -> "Several models that teach each other over rounds.";
            case "TransferBenchmark" ->
                "A table of systems and languages, with what sets each system apart from a baseline.";
            case "TrainingStep" -> "The unit of work of one pod, written by the operator.";
            default -> throw new IllegalArgumentException(kind.getName());
        };
    }

    private void field(RecordComponent component, ObjectNode field) {
        if (component.getAnnotation(Scalars.class) instanceof Scalars scalars) {
            field.removeAll();
            ObjectNode list = field.putObject("additionalProperties");
            list.putObject("items").put("x-kubernetes-preserve-unknown-fields", true);
            list.put("maxItems", scalars.most())
                    .put("minItems", scalars.least())
                    .put("type", "array");
            field.put("maxProperties", scalars.fields()).put("minProperties", 1).put("type", "object");
        }
        if (component.getAnnotation(PartOf.class) instanceof PartOf part) part(component, field, part);
        if (component.getAnnotation(Meaning.class) instanceof Meaning meaning)
            field.put("description", meaning.value());
        limits(component.getAnnotatedType(), field);
        boolean isPart = component.isAnnotationPresent(PartOf.class);
        switch (component.getGenericType()) {
            case Class<?> type when type.isRecord() -> polish(type, field);
            case Type _ when isPart -> {}
            case ParameterizedType list
            when list.getRawType() == List.class -> inside(list.getActualTypeArguments()[0], field.path("items"));
            case ParameterizedType map
            when map.getRawType() == Map.class ->
                inside(map.getActualTypeArguments()[1], field.path("additionalProperties"));
            default -> {}
        }
        keys(component.getAnnotation(Keys.class), field);
        if (component.isAnnotationPresent(Quantities.class)) quantities(field);
        if (component.isAnnotationPresent(Defaulted.class)) field.putObject("default");
        // The generator reads a list's default through its Java type.
        if (component.getAccessor().getAnnotation(Default.class) instanceof Default value
                && component.getType() == List.class)
            field.set("default", JSON.valueToTree(new Yaml().load(value.value())));
        if (component.getAnnotation(DefaultsInside.class) instanceof DefaultsInside defaults)
            defaultsInside(field, new Yaml().load(defaults.value()));
        if (component.getAnnotation(SchemaInside.class) instanceof SchemaInside schema)
            schemaInside((ObjectNode) field.path("properties"), new Yaml().load(schema.value()));
    }

    /// Adds the limits that the annotations of a type state, among its other keywords.
    private static void limits(AnnotatedType type, ObjectNode schema) {
        if (type instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            JsonNode inside = schema.path(arguments.length == 1 ? "items" : "additionalProperties");
            if (inside instanceof ObjectNode object) limits(arguments[arguments.length - 1], object);
        }
        if (type.getAnnotation(Range.class) instanceof Range range) {
            schema.put("minimum", Double.isNaN(range.min()) ? range.above() : range.min());
            if (Double.isNaN(range.min())) schema.put("exclusiveMinimum", true);
            schema.put("maximum", range.max());
        }
        if (type.getAnnotation(Matches.class) instanceof Matches matches) {
            Form form = matches.value();
            schema.put("pattern", form.pattern());
            sizes("Length", form.least(), form.most(), schema);
        }
        if (type.getAnnotation(Length.class) instanceof Length length)
            sizes("Length", length.min(), length.max(), schema);
        if (type.getAnnotation(Items.class) instanceof Items items) sizes("Items", items.min(), items.max(), schema);
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        schema.properties().forEach(keyword -> sorted.put(keyword.getKey(), keyword.getValue()));
        schema.removeAll();
        schema.setAll(sorted);
        if (type.getAnnotation(Items.class) instanceof Items items) merging(items, schema);
    }

    private static void sizes(String what, int least, int most, ObjectNode schema) {
        if (least > 0) schema.put("min" + what, least);
        schema.put("max" + what, most);
    }

    private static void merging(Items items, ObjectNode schema) {
        if (items.distinct()) schema.put("x-kubernetes-list-type", "set");
        if (items.keyedBy().isEmpty()) return;
        schema.put("x-kubernetes-list-type", "map");
        schema.putArray("x-kubernetes-list-map-keys").add(items.keyedBy());
    }

    private static void schemaInside(ObjectNode properties, Map<String, @Nullable Map<String, Object>> fields) {
        fields.forEach((name, keywords) -> {
            if (keywords == null) properties.remove(name);
            else
                keywords.forEach(
                        (keyword, value) -> ((ObjectNode) properties.path(name)).set(keyword, JSON.valueToTree(value)));
        });
    }

    private static void defaultsInside(ObjectNode field, Map<?, ?> values) {
        values.forEach((name, value) -> {
            ObjectNode inner = (ObjectNode) field.at("/properties/" + name);
            if (inner.has("properties") && value instanceof Map<?, ?> further) defaultsInside(inner, further);
            else inner.set("default", JSON.valueToTree(value));
        });
    }

    /// Puts parts of specs in the place of what the generator makes of a map.
    private void part(RecordComponent component, ObjectNode field, PartOf part) {
        boolean list = component.getType() == List.class;
        ObjectNode schema = PartSchema.of(part);
        field.removeAll();
        if (list) field.set("items", schema);
        else field.setAll(schema);
        if (list) field.put("type", "array");
    }

    private void inside(Type type, JsonNode schema) {
        if (type instanceof Class<?> record && record.isRecord()) polish(record, (ObjectNode) schema);
    }

    private static void keys(@Nullable Keys keys, ObjectNode field) {
        if (keys == null) return;
        field.put("maxProperties", keys.max());
        if (keys.inside() > 0) ((ObjectNode) field.path("additionalProperties")).put("maxProperties", keys.inside());
        ObjectNode rule = field.withArray("x-kubernetes-validations").addObject();
        rule.put("rule", "self.all(key, key.size() > 0 && key.size() <= %d)".formatted(keys.length()));
        rule.put("message", "a key has 1 to %d characters".formatted(keys.length()));
    }

    private static void quantities(ObjectNode field) {
        ObjectNode value = field.putObject("additionalProperties");
        value.put("x-kubernetes-int-or-string", true);
        value.putArray("anyOf").addObject().put("type", "integer");
        value.withArray("anyOf").addObject().put("type", "string");
        value.put("maxLength", Form.Quantity.most());
        value.put("pattern", Form.Quantity.pattern());
    }
}
