package dev.isogloss.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What can be said of the chart's files without rendering them.
class ChartFilesTest {
    private static final Pattern METRIC = Pattern.compile("isogloss_[a-z_]+");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

    @Test
    void every_value_is_in_the_schema_and_every_property_has_a_default() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
        List<String> differences = new ArrayList<>();
        compare("", Yaml.read(Chart.FOLDER.resolve("values.yaml")), schema, schema, differences);

        assertThat(differences).isEmpty();
    }

    @Test
    void every_group_of_values_begins_with_a_sentence() throws IOException {
        List<String> silent = Stream.of(
                        Files.readString(Chart.FOLDER.resolve("values.yaml")).split("\n\n"))
                .filter(group -> !group.strip().startsWith("#"))
                .filter(group -> !group.strip().matches("(?s)[A-Za-z]+:\n +#.*"))
                .toList();

        assertThat(silent).isEmpty();
    }

    @Test
    void the_chart_has_the_version_of_the_project() throws IOException {
        String pom = Files.readString(Chart.ROOT.resolve("pom.xml"));
        String version = VERSION.matcher(pom)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("-SNAPSHOT", "");
        JsonNode chart = Yaml.read(Chart.FOLDER.resolve("Chart.yaml"));

        assertThat(List.of(
                        chart.path("version").asText(), chart.path("appVersion").asText()))
                .containsOnly(version);
    }

    @Test
    void dashboard_and_alerts_speak_of_metrics_that_the_documentation_has() throws IOException {
        String page = Files.readString(Chart.ROOT.resolve("docs/operations.md"));
        Set<String> documented = METRIC.matcher(page.replace("`, `_", "`, `isogloss_training_"))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        String used = Files.readString(Chart.FOLDER.resolve("files/dashboard.json"))
                + Files.readString(Chart.FOLDER.resolve("files/rules.prometheus.yaml"));

        assertThat(METRIC.matcher(used).results().map(MatchResult::group).distinct())
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(documented).contains(name.replaceAll("_seconds_(count|sum)$", "_seconds")));
    }

    @Test
    void every_alert_is_explained() throws IOException {
        String page = Files.readString(Chart.ROOT.resolve("docs/operations.md"));
        JsonNode rules =
                Yaml.read(Chart.FOLDER.resolve("files/rules.prometheus.yaml")).at("/groups/0/rules");

        assertThat(rules).isNotEmpty().allSatisfy(rule -> assertThat(page)
                .contains("`" + rule.path("alert").asText() + "`"));
    }

    @Test
    void what_git_tools_read_is_yaml() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("gitops"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".yaml")).toList())
                assertThat(Yaml.all(Files.readString(file))).as(file.toString()).isNotEmpty();
        }
    }

    /// The list of stages is set as a whole, so a comparison without the API server misses its defaults.
    @Test
    void argo_cd_compares_experiments_on_the_server() throws IOException {
        assertThat(Yaml.all(Files.readString(Path.of("gitops/argocd/application.yaml"))))
                .filteredOn(
                        application -> application.at("/metadata/name").asText().equals("experiments"))
                .singleElement()
                .satisfies(application -> {
                    assertThat(application
                                    .at("/metadata/annotations")
                                    .path("argocd.argoproj.io/compare-options")
                                    .asText())
                            .isEqualTo("ServerSideDiff=true");
                    assertThat(application.at("/spec/syncPolicy/syncOptions"))
                            .anyMatch(option -> option.asText().equals("ServerSideApply=true"));
                });
    }

    private static void compare(String path, JsonNode value, JsonNode schema, JsonNode root, List<String> differences) {
        JsonNode resolved =
                schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
        JsonNode properties = resolved.path("properties");
        if (properties.isMissingNode()) return;
        value.fieldNames().forEachRemaining(name -> {
            if (!properties.has(name)) differences.add(path + name + " is not in the schema");
            else compare(path + name + ".", value.path(name), properties.path(name), root, differences);
        });
        properties.fieldNames().forEachRemaining(name -> {
            boolean asked = !name.equals("global") && !path.contains("mage.") && !path.endsWith("esources.");
            if (asked && !value.has(name)) differences.add(path + name + " has no default");
        });
    }
}
