package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// An experiment whose store is a bucket, with a server of S3 on the same node.
@ExtendWith(Installed.class)
@Order(3)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BucketE2E {
    private static final String STORE = "s3://lab/results";

    /// The experiment of the folder, but for where its results lie.
    private static final String EXPERIMENT =
            Experiments.LASTING + "  storage: {location: {uri: \"%s\"}, secretRef: {name: bucket}}\n".formatted(STORE);

    @BeforeAll
    static void there_is_a_bucket(Installation installation) throws Exception {
        BucketPod server = new BucketPod(installation.namespace("s3"));
        server.start();
        installation.namespace("buckets").apply(server.secret("bucket"));
    }

    @Test
    @Order(1)
    void nobody_gets_in_without_a_signature(Installation installation) throws Exception {
        Program.Run refused = new BucketPod(installation.namespace("s3")).unsigned("lab");

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).containsIgnoringCase("forbidden");
    }

    @Test
    @Order(2)
    void a_trainer_that_is_killed_goes_on_from_the_checkpoint_in_the_bucket(Installation installation)
            throws Exception {
        Namespace buckets = installation.namespace("buckets");
        buckets.apply(EXPERIMENT);
        buckets.training();
        String stopped = buckets.pod();
        buckets.kubectl("delete", "pod", stopped, "--timeout=150s").outOrFail();
        buckets.anotherTrains(stopped);
        assertThat(buckets.logs()).contains("resumed at update ");

        // killed, it leaves nothing: what the next one finds is what the first one uploaded
        String killed = buckets.pod();
        assertThat(installation.node().kill(killed)).isTrue();
        buckets.anotherTrains(killed);
        assertThat(buckets.logs()).contains("resumed at update ");
    }

    @Test
    @Order(3)
    void an_experiment_in_a_bucket_gets_the_keys_and_scores_of_one_in_a_folder(Installation installation)
            throws Exception {
        Namespace buckets = installation.namespace("buckets");
        buckets.waitFor("condition=Complete", "txp/lasting", LONG);
        LocalRun local = installation.localRun(Experiments.LASTING);

        assertThat(Scores.ofSteps(buckets.get("tst"))).isNotEmpty().isEqualTo(local.scores());
        assertThat(Scores.rows(buckets.get("txp/lasting").at("/status/results")))
                .isEqualTo(local.rows());
        assertThat(buckets.get("pods").path("items").valueStream())
                .as("nothing of it lies on a volume")
                .flatExtracting(pod -> pod.at("/spec/volumes").valueStream().toList())
                .noneMatch(volume -> volume.has("persistentVolumeClaim"));
    }

    @Test
    @Order(4)
    void what_lies_in_the_bucket_is_whole_and_the_same_to_the_byte(Installation installation) throws Exception {
        Namespace buckets = installation.namespace("buckets");
        StoredSteps local = installation.localRun(Experiments.LASTING).store();
        String verified =
                new TrainerPod(buckets, "verify").withSecrets("bucket").run("store", "verify", "--store", STORE);
        Map<String, JsonNode> files = new TreeMap<>();
        Map<String, JsonNode> expected = new TreeMap<>();
        for (String key : local.keys()) {
            String shown = new TrainerPod(buckets, "show-" + key.substring(0, 8))
                    .withSecrets("bucket")
                    .run("store", "show", key, "--store", STORE);
            files.put(key, new ObjectMapper().readTree(shown).path("files"));
            expected.put(key, local.json(key, "files.json"));
        }

        assertThat(verified).contains("%d finished steps, all as they were left.".formatted(expected.size()));
        assertThat(files).isEqualTo(expected);
    }
}
