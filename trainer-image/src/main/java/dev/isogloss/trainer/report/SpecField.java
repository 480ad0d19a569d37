package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A field of manifests, by its names from `spec` down with dots between: `stages.ear.dictionaryScale`. A list stands
/// for all of its items, unless a number in brackets names one: `stages[0].fineTune.epochs`.
///
/// @param names without `spec`
public record SpecField(List<String> names) {
    private static final Pattern ITEM = Pattern.compile("(.+)\\[(\\d+)]");

    public SpecField {
        names = List.copyOf(names);
    }

    public static SpecField of(String path) {
        return new SpecField(List.of(path.replaceFirst("^spec\\.", "").split("\\.", -1)));
    }

    /// Its values; empty where a manifest leaves it out and it has no default.
    List<JsonNode> in(JsonNode spec) {
        return in(spec, names.size()).toList();
    }

    private Stream<JsonNode> in(JsonNode spec, int depth) {
        Stream<JsonNode> nodes = Stream.of(spec);
        for (String name : names.subList(0, depth))
            nodes = nodes.map(node -> child(node, name)).flatMap(SpecField::items);
        return nodes.filter(node -> !node.isMissingNode() && !node.isNull());
    }

    private static JsonNode child(JsonNode node, String name) {
        Matcher item = ITEM.matcher(name);
        return item.matches() ? node.path(item.group(1)).path(Integer.parseInt(item.group(2))) : node.path(name);
    }

    private static Stream<JsonNode> items(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false).flatMap(SpecField::items)
                : Stream.of(node);
    }

    /// A copy of a spec in which the field is left out.
    JsonNode without(JsonNode spec) {
        JsonNode copy = spec.deepCopy();
        String last = names.getLast();
        Matcher item = ITEM.matcher(last);
        for (JsonNode parent : in(copy, names.size() - 1).toList())
            if (item.matches()) {
                if (parent.path(item.group(1)) instanceof ArrayNode list) list.remove(Integer.parseInt(item.group(2)));
            } else if (parent instanceof ObjectNode object) object.remove(last);
        return copy;
    }

    /// The fields of a spec that are numbers and have the same last name.
    Set<String> namesakes(JsonNode spec) {
        Set<String> found = new TreeSet<>();
        collect(spec, "", found);
        return found;
    }

    private void collect(JsonNode node, String path, Set<String> found) {
        items(node).forEach(item -> item.properties().forEach(member -> {
            String field = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (member.getKey().equals(names.getLast()) && member.getValue().isNumber()) found.add(field);
            collect(member.getValue(), field, found);
        }));
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
