package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.LONG;
import static dev.isogloss.chart.Namespace.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// Both images and the chart on a real node: what a user of a cluster does, and what a cluster does to users. Takes
/// some ten minutes; skipped without the tool that makes the node, without root, without the images or without Helm.
@ExtendWith(Installed.class)
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallationE2E {
    @Test
    @Order(1)
    void an_experiment_gets_the_keys_and_scores_of_a_local_run(Installation installation) throws Exception {
        Namespace scores = installation.namespace("scores");
        scores.apply(Experiments.experiment("small", "1, 2", ""));
        scores.waitFor("condition=Complete", "txp/small", LONG);
        JsonNode status = scores.get("txp/small").path("status");

        LocalRun local = installation.localRun(Experiments.experiment("small", "1, 2", ""));

        assertThat(status.path("progress").asText()).isEqualTo("5/5");
        assertThat(Scores.ofSteps(scores.get("tst"))).hasSize(5).isEqualTo(local.scores());
        assertThat(Scores.rows(status.path("results"))).isNotEmpty().isEqualTo(local.rows());
    }

    @Test
    @Order(2)
    void an_experiment_of_the_same_work_is_done_by_what_is_there(Installation installation) throws Exception {
        Namespace scores = installation.namespace("scores");
        scores.apply(Experiments.experiment("again", "1, 2", ""));
        scores.waitFor("condition=Complete", "txp/again", SHORT);

        assertThat(scores.get("txp/again").at("/status/results"))
                .isEqualTo(scores.get("txp/small").at("/status/results"));
        assertThat(Scores.ofSteps(scores.get("tst"))).hasSize(5);
    }

    @Test
    @Order(3)
    void an_experiment_deleted_and_applied_again_finds_everything_in_the_store(Installation installation)
            throws Exception {
        Namespace scores = installation.namespace("scores");
        JsonNode before = scores.get("txp/small").path("status");
        scores.kubectl("delete", "txp", "--all").outOrFail();
        scores.until(SHORT, () -> scores.get("tst,jobs").path("items").isEmpty());
        scores.apply(Experiments.experiment("small", "1, 2", ""));
        scores.waitFor("condition=Complete", "txp/small", LONG);
        JsonNode after = scores.get("txp/small").path("status");

        assertThat(after.path("results")).isEqualTo(before.path("results"));
        assertThat(after.at("/steps/reused").asInt()).isEqualTo(5);
    }

    @Test
    @Order(4)
    void data_are_read_from_a_claim_and_a_device_is_asked_for(Installation installation) throws Exception {
        Namespace claims = installation.namespace("claims");
        claims.apply(Experiments.claim("datasets"));
        new TrainerPod(claims, "fill")
                .mounting("/data", "persistentVolumeClaim: {claimName: datasets}")
                .run("data", "toy", "--out", "/data/toy", "--train", "300", "--test", "50");
        claims.apply(Experiments.experiment("small", "1", """
                  data: {name: files, format: JsonLines, location: {claim: datasets, path: "toy/{language}/{split}.jsonl"}}
                  runtime: {resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {nvidia.com/gpu: 1}}}
                """));
        claims.waitFor("condition=Complete", "txp/small", LONG);

        assertThat(claims.get("txp/small").at("/status/results")).isNotEmpty();
        assertThat(claims.get("pods").path("items").valueStream())
                .filteredOn(pod ->
                        pod.at("/metadata/labels/isogloss.dev~1kind").asText().equals("Train"))
                .isNotEmpty()
                .allMatch(pod -> pod.at("/spec/containers/0/resources/limits/nvidia.com~1gpu")
                        .asText()
                        .equals("1"));
    }

    @Test
    @Order(5)
    void a_suspended_experiment_stops_its_pod_and_goes_on_from_its_checkpoint(Installation installation)
            throws Exception {
        Namespace stops = installation.namespace("stops");
        stops.apply(Experiments.LASTING.replace("lasting", "suspended"));
        stops.training();
        suspend(stops, true);
        stops.waitFor("condition=Suspended", "txp/suspended", SHORT);
        stops.until(SHORT, () -> stops.pod().isEmpty());
        suspend(stops, false);
        stops.training();

        assertThat(stops.logs()).contains("resumed at update ");
    }

    private static void suspend(Namespace stops, boolean wanted) throws Exception {
        stops.kubectl(
                        "patch",
                        "txp",
                        "suspended",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"suspend\":%s}}".formatted(wanted))
                .outOrFail();
    }

    @Test
    @Order(6)
    void a_deleted_pod_is_followed_by_one_that_goes_on_from_its_checkpoint(Installation installation) throws Exception {
        Namespace stops = installation.namespace("stops");
        String before = stops.pod();
        stops.kubectl("delete", "pod", before, "--timeout=150s").outOrFail();
        stops.anotherTrains(before);
        stops.waitFor("condition=Complete", "txp/suspended", LONG);

        assertThat(Scores.rows(stops.get("txp/suspended").at("/status/results")))
                .isEqualTo(installation.localRun(Experiments.LASTING).rows());
    }

    @Test
    @Order(7)
    void a_trainer_that_is_killed_and_one_that_is_evicted_change_no_score(Installation installation) throws Exception {
        Namespace kills = installation.namespace("kills");
        kills.apply(Experiments.LASTING.replace("lasting", "killed"));
        kills.training();
        String killed = kills.pod();
        assertThat(installation.node().kill(killed)).isTrue();
        kills.anotherTrains(killed);
        String evicted = kills.pod();
        kills.evict(evicted).outOrFail();
        kills.anotherTrains(evicted);
        kills.waitFor("condition=Complete", "txp/killed", LONG);

        assertThat(Scores.rows(kills.get("txp/killed").at("/status/results")))
                .isEqualTo(installation.localRun(Experiments.LASTING).rows());
        assertThat(kills.get("jobs").path("items").valueStream())
                .as("a kill counts as a try, an eviction does not")
                .extracting(job -> job.at("/status/failed").asInt())
                .containsOnlyOnce(1)
                .doesNotContain(2);
    }

    @Test
    @Order(8)
    void wrong_data_fail_at_once_with_the_trainers_sentence(Installation installation) throws Exception {
        Namespace errors = installation.namespace("errors");
        errors.apply(Experiments.claim("datasets"));
        errors.apply(Experiments.experiment("wrong", "1", """
                  data: {name: files, format: JsonLines, location: {claim: datasets, path: "no/{language}/{split}.jsonl"}}
                """));
        errors.waitFor("condition=Failed", "txp/wrong", LONG);

        assertThat(failure(errors, "wrong")).contains("/claims/datasets/no/qal/train.jsonl");
    }

    @Test
    @Order(9)
    void a_trainer_that_takes_more_memory_than_it_may_is_told_what_to_raise(Installation installation)
            throws Exception {
        Namespace errors = installation.namespace("errors");
        errors.apply(Experiments.experiment("greedy", "1", "") + """
                  runtime: {retries: 0, resources: {requests: {cpu: 100m, memory: 80Mi}, limits: {memory: 80Mi}}}
                """);
        errors.waitFor("condition=Failed", "txp/greedy", LONG);

        assertThat(failure(errors, "greedy"))
                .contains("killed for using more memory than its limit of 80Mi")
                .contains("Raise runtime.resources.limits.memory");
    }

    private static String failure(Namespace errors, String experiment) throws Exception {
        return message(errors, experiment, "Failed");
    }

    private static String message(Namespace namespace, String experiment, String condition)
            throws IOException, InterruptedException {
        return namespace
                .get("txp/" + experiment)
                .at("/status/conditions")
                .valueStream()
                .filter(one -> one.path("type").asText().equals(condition))
                .map(one -> one.path("message").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    @Order(10)
    void a_quota_that_lets_no_pod_in_is_told_of(Installation installation) throws Exception {
        Namespace quotas = installation.namespace("quotas");
        quotas.apply("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: no-pods}
                spec: {hard: {pods: "0"}}
                """);
        quotas.apply(Experiments.experiment("small", "1", ""));
        quotas.until(SHORT, () -> message(quotas, "small", "Progressing").contains("exceeded quota: no-pods"));
        quotas.kubectl("delete", "txp", "small").outOrFail();
    }

    @Test
    @Order(11)
    void the_operator_asks_for_what_its_role_allows_and_for_nothing_else(Installation installation) throws Exception {
        Map<String, Integer> used = installation.audit().used();
        Files.writeString(Path.of("target/operator-requests.txt"), used.toString());

        assertThat(installation.audit().refused()).isEmpty();
        assertThat(used.keySet()).contains("list transferexperiments", "create jobs", "patch trainingsteps/status");
        assertThat(granted()).as("granted and never used").isSubsetOf(used.keySet());
    }

    /// Every verb and resource of the role, save those that only rarer cases than the tests above need.
    private static Set<String> granted() throws IOException {
        Set<String> granted = new TreeSet<>();
        for (JsonNode rule : Yaml.read(Chart.FOLDER.resolve("files/rules.yaml")))
            for (JsonNode resource : rule.path("resources"))
                for (JsonNode verb : rule.path("verbs")) granted.add(verb.asText() + " " + resource.asText());
        granted.removeIf(one -> one.contains("cotrainingruns")
                || one.contains("transferbenchmarks/")
                || one.startsWith("get ")
                || one.startsWith("delete "));
        return granted;
    }
}
