package dev.isogloss.chart;

import static dev.isogloss.chart.Chart.rendered;
import static dev.isogloss.chart.Chart.the;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/isogloss/chart");

    @BeforeAll
    static void there_is_helm() {
        Chart.helm();
    }

    @Test
    void helm_finds_nothing_to_complain_about() throws Exception {
        Program.Run lint = Chart.helm().run("lint", "--strict", Chart.FOLDER.toString());

        assertThat(lint.outOrFail()).contains("0 chart(s) failed");
    }

    @Test
    void the_plain_manifests_are_what_the_defaults_make() throws Exception {
        String chart = Chart.helm()
                .run(
                        "template",
                        "isogloss",
                        Chart.FOLDER.toString(),
                        "-n",
                        "isogloss-system",
                        "--kube-version",
                        Chart.KUBERNETES,
                        "--set",
                        "crds.install=false")
                .outOrFail();

        golden(
                Path.of("plain/operator.yaml"),
                chart.replaceAll("(?m)^ *(app.kubernetes.io/managed-by: Helm|helm.sh/chart: .*|# Source: .*)\n", ""));
    }

    @Test
    void everything_switched_on_makes_what_it_made_before() throws Exception {
        golden(
                RESOURCES.resolve("everything.yaml"),
                Chart.render(
                                "-f",
                                RESOURCES.resolve("everything.values.yaml").toString(),
                                "--set",
                                "monitoring.dashboard.enabled=false")
                        .outOrFail());
    }

    @Test
    void the_definitions_are_those_of_the_project_and_stay_when_the_release_goes() throws Exception {
        List<JsonNode> objects = rendered();

        for (String plural : List.of("transferexperiments", "cotrainingruns", "transferbenchmarks", "trainingsteps")) {
            JsonNode definition = the(objects, "CustomResourceDefinition", plural + ".isogloss.dev");
            assertThat(definition
                            .at("/metadata/annotations/helm.sh~1resource-policy")
                            .asText())
                    .isEqualTo("keep");
            assertThat(definition.path("spec"))
                    .isEqualTo(Yaml.read(Path.of("../crds/src/main/resources/dev/isogloss/crds", plural + ".yaml"))
                            .path("spec"));
        }
    }

    @Test
    void what_is_not_set_is_no_variable() throws Exception {
        JsonNode deployment = the(rendered(), "Deployment", "lab-isogloss");

        for (JsonNode variable : deployment.at("/spec/template/spec/containers/0/env"))
            if (!variable.has("valueFrom"))
                assertThat(variable.path("value").asText())
                        .as(variable.toString())
                        .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas=two                  | replicas",
                "replica=2                     | replica",
                "trainer.resources.limits.cpu=much | trainer",
                "image.digest=sha256:12        | digest",
                "store.accessMode=ReadOnlyMany | accessMode",
                "trainer.grace=2m              | grace",
                "replicas=2,leaderElection.enabled=false | leaderElection.enabled to true, or replicas to 1",
                "networkPolicy.trainers=true   | List the namespaces with experiments",
            })
    void a_value_that_cannot_be_is_refused_by_its_name(String value, String named) throws Exception {
        Program.Run run = Chart.render("--set", value.strip());

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains(named.strip());
    }

    /// Compares with a file, or writes it anew with `-Dgolden=write`.
    private static void golden(Path file, String text) throws IOException {
        if ("write".equals(System.getProperty("golden"))) Files.writeString(file, text);
        assertThat(text)
                .as("if the change is meant: ./isogloss mvn -pl helm test -Dgolden=write, and review " + file)
                .isEqualTo(Files.readString(file));
    }
}
