package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// Secrets that pods have and that go wrong in every way that a message could quote, and a search for these and for
/// those of all suites in whatever a reader of the cluster can see. Comes last.
@ExtendWith(Installed.class)
@Order(9)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsE2E {
    private static final String TOKEN = "hf_PlantedTokenQ7wXz31LmN";
    private static final String KEY_ID = "AKIAPLANTEDKEYID4711";
    private static final String KEY = "PlantedSecretKey/kd83hfKQpw02";
    private static final String PASSWORD = "PlantedPassword5521";

    private static final List<String> PLANTED = List.of(TOKEN, KEY_ID, KEY, PASSWORD, BucketPod.ID, BucketPod.SECRET);

    /// Each fails, and its message could quote a secret.
    private static final List<String> EXPERIMENTS =
            List.of("wrong-keys", "wrong-token", "password-in-address", "link-to-environment", "variable-in-path");

    @BeforeAll
    static void everything_goes_wrong_that_could_quote_a_secret(Installation installation) throws Exception {
        BucketPod server = new BucketPod(installation.namespace("guarded"));
        server.start();
        Namespace secrets = installation.namespace("secrets");
        secrets.apply(server.secret("keys").replace(BucketPod.ID, KEY_ID).replace(BucketPod.SECRET, KEY));
        secrets.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: hub}
                stringData: {token: %s, address: "http://user:%s@hub.invalid"}
                """.formatted(TOKEN, PASSWORD));
        Path data = secrets.claim("datasets");
        Files.createDirectories(data.resolve("linked/qal"));
        for (String split : List.of("train", "dev", "test"))
            Files.createSymbolicLink(
                    data.resolve("linked/qal/%s.jsonl".formatted(split)), Path.of("/proc/self/environ"));

        // Seeds differ where two experiments would mean the same step, which is done once for both.
        String storage = "  storage: {location: {uri: \"s3://lab/x\"}, secretRef: {name: keys}}\n";
        secrets.apply(failing("wrong-keys", "") + storage + "  runtime: {retries: 0}\n");
        secrets.apply(published("wrong-token")
                + runtime(token() + ", {name: HF_ENDPOINT, value: \"http://guarded.guarded.svc:9000\"}"));
        secrets.apply(published("password-in-address").replace("seeds: [1]", "seeds: [2]")
                + runtime("{name: HF_ENDPOINT, secret: {name: hub, key: address}}"));
        secrets.apply(failing("link-to-environment", data("linked")) + runtime(token()));
        secrets.apply(failing("variable-in-path", data("$(HF_TOKEN)")).replace("seeds: [1]", "seeds: [2]")
                + runtime(token()));
        for (String experiment : EXPERIMENTS) secrets.waitFor("condition=Failed", "txp/" + experiment, LONG);
    }

    private static String failing(String name, String data) {
        return Experiments.experiment(name, "1", data);
    }

    private static String published(String name) throws IOException {
        String manifest = Experiments.read("published.yaml").replace("name: published", "name: " + name);
        return manifest.substring(0, manifest.indexOf("  runtime:"));
    }

    private static String data(String folder) {
        return """
                  data: {name: files, format: JsonLines, location: {claim: datasets, path: "%s/{language}/{split}.jsonl"}}
                """.formatted(folder);
    }

    private static String token() {
        return "{name: HF_TOKEN, secret: {name: hub, key: token}}";
    }

    private static String runtime(String environment) {
        return "  runtime: {retries: 0, pod: {env: [%s]}}\n".formatted(environment);
    }

    @Test
    @Order(1)
    void every_failure_says_what_to_do(Installation installation) throws Exception {
        JsonNode experiments = installation.namespace("secrets").get("txp");

        assertThat(experiments.path("items").valueStream())
                .hasSize(EXPERIMENTS.size())
                .extracting(experiment -> experiment.at("/status/conditions").toString())
                .anyMatch(said -> said.contains("AWS_SECRET_ACCESS_KEY"))
                .anyMatch(said -> said.contains("HF_TOKEN"))
                .anyMatch(said -> said.contains("HF_ENDPOINT is 'http://...@hub.invalid'"))
                .anyMatch(said -> said.contains("link"))
                .anyMatch(said -> said.contains("$(HF_TOKEN)"));
    }

    @Test
    @Order(2)
    void no_secret_is_in_a_status_an_event_or_a_log(Installation installation) throws Exception {
        Node node = installation.node();
        List<String> seen = new ArrayList<>();
        seen.add(node.kubectl("get", "txp,ctr,tst,jobs", "-A", "-o", "json").outOrFail());
        seen.add(node.kubectl("get", "events", "-A", "-o", "json").outOrFail());
        seen.add(node.kubectl("get", "pods", "-A", "-l", "app.kubernetes.io/managed-by=isogloss", "-o", "json")
                .outOrFail());
        seen.addAll(logs(node));
        Files.write(Path.of("target/searched-for-secrets.txt"), List.of(seen.size() + " texts", lengths(seen)));

        assertThat(seen).hasSizeGreaterThan(3 + EXPERIMENTS.size()).noneMatch(String::isEmpty);
        for (String secret : PLANTED) assertThat(seen).noneMatch(text -> text.contains(secret));
        assertThat(seen)
                .as("the parts of an id that a message may show")
                .noneMatch(text -> text.contains(KEY_ID.substring(0, 12)));
    }

    private static String lengths(List<String> seen) {
        return seen.stream().mapToInt(String::length).sum() + " characters";
    }

    /// Of every trainer and operator that is still there.
    private static List<String> logs(Node node) throws IOException, InterruptedException {
        List<String> logs = new ArrayList<>();
        JsonNode pods = node.get("isogloss-system", "pods", "-A");
        for (JsonNode pod : pods.path("items")) {
            JsonNode labels = pod.at("/metadata/labels");
            boolean trainer =
                    labels.path("app.kubernetes.io/managed-by").asText().equals("isogloss");
            boolean operator =
                    labels.path("app.kubernetes.io/component").asText().equals("operator");
            if (!trainer && !operator) continue;
            String log = node.kubectl(
                            "logs", "-n", pod.at("/metadata/namespace").asText(), Sights.name(pod), "--tail=-1")
                    .out();
            if (!log.isEmpty()) logs.add(log);
        }
        return logs;
    }
}
