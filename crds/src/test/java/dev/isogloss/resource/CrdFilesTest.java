package dev.isogloss.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CrdFilesTest {

    @Test
    void the_definitions_are_what_the_types_say() {
        CrdFiles.all()
                .forEach((name, yaml) ->
                        Golden.assertHolds(Path.of("src/main/resources/dev/isogloss/crds", name), yaml));
    }

    @Test
    void the_schemas_of_the_local_reader_are_those_of_the_definitions() {
        CrdFiles.schemas()
                .forEach((name, json) ->
                        Golden.assertHolds(Path.of("src/main/resources/dev/isogloss/crds", name), json));
    }

    @Test
    void the_chart_brings_the_same_definitions() {
        Path helm = Path.of("../helm");
        StringBuilder together = new StringBuilder("""
                # The four definitions, for clusters where the chart does not bring them:
                #   kubectl apply --server-side -f helm/plain/crds.yaml
                """);
        CrdFiles.all().forEach((name, yaml) -> {
            Golden.assertHolds(helm.resolve("isogloss/files/crds").resolve(name), yaml);
            together.append("---\n").append(yaml);
        });
        Golden.assertHolds(helm.resolve("plain/crds.yaml"), together.toString());
    }

    @Test
    void the_reference_page_is_what_the_definitions_say() {
        Golden.assertHolds(Path.of("../docs/reference/manifest.md"), Reference.page(CrdFiles.all()));
    }

    @Test
    void every_field_has_a_sentence() {
        assertThat(fields((path, field) -> isExplainedInTemplate(path)
                        || field.path("description").asText().endsWith(".")))
                .isEmpty();
    }

    /// The fields of a benchmark's systems are those of its template, and explained there.
    private static boolean isExplainedInTemplate(String path) {
        return path.contains(".spec.systems[].")
                && !path.endsWith(".systems[].name")
                && !path.endsWith(".systems[].stage");
    }

    @Test
    void every_list_map_string_and_number_has_a_limit() {
        assertThat(fields((path, field) -> isLimited(field))).isEmpty();
    }

    @Test
    void no_rule_stands_twice_and_every_rule_says_what_to_write() {
        walk((path, schema) -> {
            Set<String> rules = new HashSet<>();
            for (JsonNode rule : schema.path("x-kubernetes-validations")) {
                assertThat(rules.add(rule.path("rule").asText())).as(path).isTrue();
                assertThat(rule.path("message").asText()).as(path).isNotBlank().doesNotContain("\n");
            }
        });
    }

    @Test
    void the_field_that_a_rule_is_about_is_one_of_its_schema() {
        List<String> named = new ArrayList<>();
        walk((path, schema) -> {
            for (JsonNode rule : schema.path("x-kubernetes-validations")) {
                String field = rule.path("fieldPath").asText();
                if (field.isEmpty()) continue;
                named.add(path + field);
                assertThat(field).as(path).startsWith(".");
                JsonNode inside = schema;
                for (String name : field.substring(1).split("\\."))
                    inside = inside.path("properties").path(name);
                assertThat(inside.isObject()).as(path + field).isTrue();
            }
        });
        assertThat(named).anyMatch(field -> field.endsWith(".comparison.baseline"));
    }

    /// The language of the API server has no comparison of a decimal with a whole number: it refuses the definition.
    @Test
    void rules_compare_decimals_with_decimals() {
        Set<String> decimals = fieldsOf("number");
        decimals.removeAll(fieldsOf("integer"));
        Pattern comparison = Pattern.compile("\\.(\\w+) [=!<>]=? -?\\d+(?![\\d.])");

        assertThat(decimals).contains("learningRate", "labelSmoothing");
        walk((path, schema) -> {
            for (JsonNode rule : schema.path("x-kubernetes-validations"))
                assertThat(comparison
                                .matcher(rule.path("rule").asText())
                                .results()
                                .map(found -> found.group(1)))
                        .as(path)
                        .doesNotContainAnyElementsOf(decimals);
        });
    }

    private static Set<String> fieldsOf(String type) {
        Set<String> names = new HashSet<>();
        walk((_, schema) -> schema.path("properties").properties().forEach(field -> {
            if (field.getValue().path("type").asText().equals(type)) names.add(field.getKey());
        }));
        return names;
    }

    private static boolean isLimited(JsonNode schema) {
        if (schema.has("enum") || schema.has("x-kubernetes-int-or-string")) return true;
        return switch (schema.path("type").asText()) {
            case "string" -> schema.has("maxLength");
            case "array" -> schema.has("maxItems") && isLimited(schema.path("items"));
            case "integer", "number" -> schema.has("minimum") && schema.has("maximum");
            case "object" ->
                !schema.has("additionalProperties")
                        || schema.has("maxProperties") && isLimited(schema.path("additionalProperties"));
            default -> true;
        };
    }

    private interface Check {
        boolean holds(String path, JsonNode field);
    }

    private static List<String> fields(Check check) {
        List<String> failing = new ArrayList<>();
        walk((path, schema) -> schema.path("properties").properties().forEach(field -> {
            String name = path + "." + field.getKey();
            boolean ofKubernetes =
                    name.endsWith("yaml.metadata") || name.endsWith("yaml.apiVersion") || name.endsWith("yaml.kind");
            if (!ofKubernetes && !check.holds(name, field.getValue())) failing.add(name);
        }));
        return failing;
    }

    private static void walk(BiConsumer<String, JsonNode> visit) {
        CrdFiles.all().forEach((name, yaml) -> walk(name, CrdFiles.schema(yaml), visit));
    }

    private static void walk(String path, JsonNode schema, BiConsumer<String, JsonNode> visit) {
        visit.accept(path, schema);
        schema.path("properties")
                .properties()
                .forEach(field -> walk(path + "." + field.getKey(), field.getValue(), visit));
        if (schema.has("items")) walk(path + "[]", schema.path("items"), visit);
        if (schema.path("additionalProperties").isObject())
            walk(path + "{}", schema.path("additionalProperties"), visit);
    }

    @Test
    void nothing_is_written_that_the_api_server_drops() {
        assertThat(CrdFiles.all().values()).noneMatch(yaml -> yaml.contains("priority: 0"));
    }
}
