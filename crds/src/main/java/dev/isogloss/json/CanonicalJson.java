package dev.isogloss.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.Map;
import java.util.TreeMap;

/// JSON Canonicalization Scheme (RFC 8785): one text for one value.
///
/// Keys are sorted by their UTF-16 units, numbers are written as ECMAScript writes the double they mean (`1e-5` and
/// `0.00001` are one number), strings escape only what they must. Beyond the RFC, members that are null are left out,
/// and so are hyperparameters at the value that their `LeftOutAt` names.
public final class CanonicalJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addModule(new SimpleModule().setSerializerModifier(new LeavingOut()))
            .build();

    private CanonicalJson() {}

    /// The canonical text of a record, map, list or JSON tree.
    ///
    /// @throws IllegalArgumentException for a number that JSON programs do not agree on: an integer beyond 2⁵³,
    ///     NaN, an infinity
    public static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(MAPPER.valueToTree(value), out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, out);
            case ARRAY -> array(node, out);
            case STRING -> string(node.textValue(), out);
            case NUMBER -> out.append(EcmaNumber.format(node));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON value: " + node);
        }
    }

    private static void object(JsonNode node, StringBuilder out) {
        Map<String, JsonNode> members = new TreeMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        members.values().removeIf(JsonNode::isNull);
        char separator = '{';
        for (var member : members.entrySet()) {
            out.append(separator);
            string(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            separator = ',';
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private static void array(JsonNode node, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) out.append(',');
            write(node.get(i), out);
        }
        out.append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) out.append("\\u%04x".formatted((int) c));
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }
}
