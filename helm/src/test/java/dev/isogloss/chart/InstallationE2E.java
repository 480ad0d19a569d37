package dev.isogloss.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Both images and the chart on a real node: what a user of a cluster does, and what a cluster does to users. Takes
/// some ten
/// minutes; skipped without the tool that makes the node, without root, without the images or without Helm.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallationE2E {
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final Duration SHORT = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path AUDIT = Path.of("target/audit.log").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static @Nullable Node node;

    @BeforeAll
    static void the_chart_is_installed() throws Exception {
        Chart.helm();
        Path trainer = Node.image("trainer");
        Path operator = Node.image("operator");
        Path policy = Files.writeString(folder.resolve("audit.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                  - {level: Metadata, users: ["system:serviceaccount:isogloss-system:isogloss"]}
                  - {level: None}
                """);
        Files.deleteIfExists(AUDIT);
        Files.createDirectories(AUDIT.getParent());
        node = Node.up(folder.resolve("node"), "--audit-policy-file=%s --audit-log-path=%s".formatted(policy, AUDIT));
        node.load(trainer);
        node.load(operator);
        install();
        for (String namespace : List.of("scores", "claims", "stops", "kills", "errors"))
            node.kubectl("create", "namespace", namespace).outOrFail();
    }

    private static void install() throws Exception {
        node().helm(
                        "install",
                        "isogloss",
                        Chart.FOLDER.toString(),
                        "--namespace=isogloss-system",
                        "--create-namespace",
                        "--set=image.tag=" + version(),
                        "--set=image.pullPolicy=Never",
                        "--set=trainer.image.tag=" + version(),
                        "--set=trainer.image.pullPolicy=Never",
                        "--set=trainer.resources.requests.cpu=100m",
                        "--set=trainer.resources.requests.memory=256Mi",
                        "--set=resources.requests.cpu=10m",
                        "--set=leaderElection.leaseDuration=PT2M", // a busy machine is no failed leader
                        "--set=leaderElection.renewDeadline=PT90S",
                        "--wait",
                        "--timeout=3m")
                .outOrFail();
    }

    private static String version() throws IOException {
        String pom = Files.readString(Chart.ROOT.resolve("pom.xml"));
        return pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));
    }

    @AfterAll
    static void nothing_is_left() throws Exception {
        if (node != null) node.close();
    }

    @Test
    @Order(1)
    void an_experiment_gets_the_keys_and_scores_of_a_local_run() throws Exception {
        node().apply("scores", Experiments.experiment("small", "1, 2", ""));
        node().waitFor("scores", "condition=Complete", "txp/small", LONG);
        JsonNode status = node().get("scores", "txp/small").path("status");

        List<JsonNode> events = localRun("scores", Experiments.experiment("small", "1, 2", ""));

        assertThat(status.path("progress").asText()).isEqualTo("5/5");
        assertThat(Scores.ofSteps(node().get("scores", "tst"))).hasSize(5).isEqualTo(Scores.ofEvents(events));
        assertThat(Scores.rows(status.path("results")))
                .isNotEmpty()
                .isEqualTo(Scores.rows(events.getLast().path("rows")));
    }

    @Test
    @Order(2)
    void an_experiment_of_the_same_work_is_done_by_what_is_there() throws Exception {
        node().apply("scores", Experiments.experiment("again", "1, 2", ""));
        node().waitFor("scores", "condition=Complete", "txp/again", SHORT);

        assertThat(node().get("scores", "txp/again").at("/status/results"))
                .isEqualTo(node().get("scores", "txp/small").at("/status/results"));
        assertThat(Scores.ofSteps(node().get("scores", "tst"))).hasSize(5);
    }

    @Test
    @Order(3)
    void an_experiment_deleted_and_applied_again_finds_everything_in_the_store() throws Exception {
        JsonNode before = node().get("scores", "txp/small").path("status");
        node().kubectl("delete", "txp", "--all", "-n", "scores").outOrFail();
        until("scores", SHORT, () -> node().get("scores", "tst,jobs")
                .path("items")
                .isEmpty());
        node().apply("scores", Experiments.experiment("small", "1, 2", ""));
        node().waitFor("scores", "condition=Complete", "txp/small", LONG);
        JsonNode after = node().get("scores", "txp/small").path("status");

        assertThat(after.path("results")).isEqualTo(before.path("results"));
        assertThat(after.at("/steps/reused").asInt()).isEqualTo(5);
    }

    @Test
    @Order(4)
    void data_are_read_from_a_claim_and_a_device_is_asked_for() throws Exception {
        node().apply("claims", Experiments.claim("datasets"));
        run(
                "claims",
                "fill",
                List.of("data", "toy", "--out", "/data/toy", "--train", "300", "--test", "50"),
                "datasets");
        node().apply("claims", Experiments.experiment("small", "1", """
                  data: {name: files, format: JsonLines, location: {claim: datasets, path: "toy/{language}/{split}.jsonl"}}
                  runtime: {resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {nvidia.com/gpu: 1}}}
                """));
        node().waitFor("claims", "condition=Complete", "txp/small", LONG);

        assertThat(node().get("claims", "txp/small").at("/status/results")).isNotEmpty();
        assertThat(node().get("claims", "pods").path("items").valueStream())
                .filteredOn(pod ->
                        pod.at("/metadata/labels/isogloss.dev~1kind").asText().equals("Train"))
                .isNotEmpty()
                .allMatch(pod -> pod.at("/spec/containers/0/resources/limits/nvidia.com~1gpu")
                        .asText()
                        .equals("1"));
    }

    @Test
    @Order(5)
    void a_suspended_experiment_stops_its_pod_and_goes_on_from_its_checkpoint() throws Exception {
        node().apply("stops", Experiments.lasting("suspended"));
        training("stops");
        node().kubectl(
                        "patch",
                        "txp",
                        "suspended",
                        "-n",
                        "stops",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"suspend\":true}}")
                .outOrFail();
        node().waitFor("stops", "condition=Suspended", "txp/suspended", SHORT);
        until("stops", SHORT, () -> pod("stops").isEmpty());
        node().kubectl(
                        "patch",
                        "txp",
                        "suspended",
                        "-n",
                        "stops",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"suspend\":false}}")
                .outOrFail();
        training("stops");

        assertThat(logs("stops")).contains("resumed at update ");
    }

    @Test
    @Order(6)
    void a_deleted_pod_is_followed_by_one_that_goes_on_from_its_checkpoint() throws Exception {
        String before = pod("stops");
        node().kubectl("delete", "pod", before, "-n", "stops", "--timeout=150s").outOrFail();
        training("stops");
        assertThat(pod("stops")).isNotEqualTo(before);
        node().waitFor("stops", "condition=Complete", "txp/suspended", LONG);

        List<JsonNode> events = localRun("stops", Experiments.lasting("suspended"));
        assertThat(Scores.rows(node().get("stops", "txp/suspended").at("/status/results")))
                .isEqualTo(Scores.rows(events.getLast().path("rows")));
    }

    @Test
    @Order(7)
    void a_trainer_that_is_killed_and_one_that_is_evicted_change_no_score() throws Exception {
        node().apply("kills", Experiments.lasting("killed"));
        training("kills");
        String killed = pod("kills");
        node().kill(killed);
        anotherTrains("kills", killed);
        String evicted = pod("kills");
        node().evict("kills", evicted);
        anotherTrains("kills", evicted);
        node().waitFor("kills", "condition=Complete", "txp/killed", LONG);

        assertThat(Scores.rows(node().get("kills", "txp/killed").at("/status/results")))
                .isEqualTo(Scores.rows(node().get("stops", "txp/suspended").at("/status/results")));
        assertThat(node().get("kills", "jobs").path("items").valueStream())
                .as("a kill counts as a try, an eviction does not")
                .extracting(job -> job.at("/status/failed").asInt())
                .containsOnlyOnce(1)
                .doesNotContain(2);
    }

    private static void anotherTrains(String namespace, String former) throws Exception {
        until(namespace, SHORT, () -> !List.of("", former).contains(pod(namespace)));
        training(namespace);
    }

    @Test
    @Order(8)
    void wrong_data_fail_at_once_with_the_trainers_sentence() throws Exception {
        node().apply("errors", Experiments.claim("datasets"));
        node().apply("errors", Experiments.experiment("wrong", "1", """
                  data: {name: files, format: JsonLines, location: {claim: datasets, path: "no/{language}/{split}.jsonl"}}
                """));
        node().waitFor("errors", "condition=Failed", "txp/wrong", LONG);

        assertThat(failure("wrong")).contains("/claims/datasets/no/qal/train.jsonl");
    }

    @Test
    @Order(9)
    void a_trainer_that_takes_more_memory_than_it_may_is_told_what_to_raise() throws Exception {
        node().apply("errors", Experiments.experiment("greedy", "1", "") + """
                  runtime: {retries: 0, resources: {requests: {cpu: 100m, memory: 80Mi}, limits: {memory: 80Mi}}}
                """);
        node().waitFor("errors", "condition=Failed", "txp/greedy", LONG);

        assertThat(failure("greedy"))
                .contains("killed for using more memory than its limit of 80Mi")
                .contains("Raise runtime.resources.limits.memory");
    }

    private static String failure(String experiment) throws Exception {
        return node().get("errors", "txp/" + experiment)
                .at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Failed"))
                .map(condition -> condition.path("message").asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(10)
    void the_operator_asks_for_what_its_role_allows_and_for_nothing_else() throws Exception {
        List<String> refused = new ArrayList<>();
        Map<String, Integer> used = new TreeMap<>();
        for (String line : Files.readAllLines(AUDIT)) {
            JsonNode event = JSON.readTree(line);
            JsonNode about = event.path("objectRef");
            if (about.isMissingNode()) continue;
            String what =
                    event.path("verb").asText() + " " + about.path("resource").asText()
                            + (about.has("subresource")
                                    ? "/" + about.path("subresource").asText()
                                    : "");
            if (event.at("/responseStatus/code").asInt() == 403) refused.add(what);
            used.merge(what, 1, Integer::sum);
            boolean made = event.path("verb").asText().equals("patch")
                    && event.at("/responseStatus/code").asInt() == 201;
            if (made) used.merge(what.replace("patch ", "create "), 1, Integer::sum); // an apply needs both rights
        }
        Files.writeString(Path.of("target/operator-requests.txt"), used.toString());

        assertThat(refused).isEmpty();
        assertThat(used.keySet()).contains("list transferexperiments", "create jobs", "patch trainingsteps/status");
        assertThat(granted()).as("granted and never used").isSubsetOf(used.keySet());
    }

    /// Every verb and resource of the role, save those that only rarer cases than the tests above need.
    private static TreeSet<String> granted() throws IOException {
        TreeSet<String> granted = new TreeSet<>();
        for (JsonNode rule : Yaml.read(Chart.FOLDER.resolve("files/rules.yaml")))
            for (JsonNode resource : rule.path("resources"))
                for (JsonNode verb : rule.path("verbs")) granted.add(verb.asText() + " " + resource.asText());
        granted.removeIf(one -> one.contains("cotrainingruns") || one.startsWith("get ") || one.startsWith("delete "));
        return granted;
    }

    private static Node node() {
        if (node == null) throw new IllegalStateException("the node is not up");
        return node;
    }

    /// The same manifest in one process of the trainer's image, without the operator: its events.
    private static List<JsonNode> localRun(String namespace, String manifest) throws Exception {
        node().kubectl("create", "configmap", "manifest", "-n", namespace, "--from-literal=m.yaml=" + manifest)
                .outOrFail();
        String log =
                run(namespace, "local", List.of("run", "/manifest/m.yaml", "--store", "/tmp/store", "--json"), null);
        List<JsonNode> events = new ArrayList<>();
        for (String line : log.split("\n")) if (line.startsWith("{")) events.add(JSON.readTree(line));
        return events;
    }

    /// Runs the command line in a pod to its end, and gives its log.
    ///
    /// @param claim mounted at /data, or nothing; then the ConfigMap `manifest` is mounted at /manifest
    private static String run(String namespace, String name, List<String> arguments, @Nullable String claim)
            throws Exception {
        String volume = claim == null
                ? "{name: files, configMap: {name: manifest}}"
                : "{name: files, persistentVolumeClaim: {claimName: %s}}".formatted(claim);
        node().apply(namespace, """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  restartPolicy: Never
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
                  volumes: [%s, {name: tmp, emptyDir: {}}]
                  containers:
                    - name: trainer
                      image: ghcr.io/isogloss/trainer:%s
                      imagePullPolicy: Never
                      args: %s
                      volumeMounts: [{name: files, mountPath: %s}, {name: tmp, mountPath: /tmp}]
                      securityContext:
                        {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                """.formatted(
                name, volume, version(), JSON.writeValueAsString(arguments), claim == null ? "/manifest" : "/data"));
        until(namespace, LONG, () -> List.of("Succeeded", "Failed").contains(phase(namespace, name)));
        String log = node().kubectl("logs", name, "-n", namespace).outOrFail();
        assertThat(phase(namespace, name)).as(log).isEqualTo("Succeeded");
        return log;
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    /// Asks again and again, with the second that kubectl takes between.
    private static void until(String namespace, Duration most, Check check) throws Exception {
        for (long end = System.nanoTime() + most.toNanos(); System.nanoTime() < end; ) if (check.holds()) return;
        throw new AssertionError("waited in vain\n" + node().whatIsThere(namespace));
    }

    /// Waits until a pod trains.
    private static void training(String namespace) throws Exception {
        until(namespace, SHORT, () -> {
            String pod = pod(namespace);
            return !pod.isEmpty()
                    && node().kubectl("logs", pod, "-n", namespace).out().contains(" updates, ");
        });
    }

    private static String phase(String namespace, String pod) throws Exception {
        return node().get(namespace, "pod/" + pod).at("/status/phase").asText();
    }

    /// The pod that runs, or nothing.
    private static String pod(String namespace) throws Exception {
        return node().kubectl(
                        "get",
                        "pods",
                        "-n",
                        namespace,
                        "-l",
                        "app.kubernetes.io/managed-by=isogloss",
                        "--field-selector=status.phase=Running",
                        "-o",
                        "jsonpath={.items[0].metadata.name}")
                .out();
    }

    private static String logs(String namespace) throws Exception {
        return node().kubectl("logs", pod(namespace), "-n", namespace).outOrFail();
    }
}
