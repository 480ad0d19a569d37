package dev.isogloss.operator.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every value inside a document, with the schema that it stands under.
final class Places {

    /// A value in its container.
    ///
    /// @param key    of an object's member; an array's index otherwise
    /// @param schema missing where the schema has nothing for it
    record Place(JsonNode container, String key, JsonNode schema) {
        JsonNode value() {
            return container instanceof ArrayNode array ? array.get(Integer.parseInt(key)) : container.get(key);
        }

        void set(JsonNode value) {
            switch (container) {
                case ArrayNode array -> array.set(Integer.parseInt(key), value);
                case ObjectNode object -> object.set(key, value);
                default -> throw new IllegalStateException("no container: " + container);
            }
        }

        void remove() {
            switch (container) {
                case ArrayNode array -> array.remove(Integer.parseInt(key));
                case ObjectNode object -> object.remove(key);
                default -> throw new IllegalStateException("no container: " + container);
            }
        }
    }

    private final List<Place> found = new ArrayList<>();

    private Places() {}

    static List<Place> in(JsonNode value, JsonNode schema) {
        Places places = new Places();
        places.walk(value, schema);
        return places.found;
    }

    private void walk(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object)
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties()))
                visit(new Place(object, member.getKey(), member(schema, member.getKey())));
        if (value instanceof ArrayNode array)
            for (int i = 0; i < array.size(); i++) visit(new Place(array, Integer.toString(i), schema.path("items")));
    }

    private void visit(Place place) {
        found.add(place);
        walk(place.value(), place.schema());
    }

    private static JsonNode member(JsonNode schema, String key) {
        JsonNode property = schema.path("properties").path(key);
        if (!property.isMissingNode()) return property;
        JsonNode any = schema.path("additionalProperties");
        return any.isObject() ? any : MissingNode.getInstance();
    }
}
