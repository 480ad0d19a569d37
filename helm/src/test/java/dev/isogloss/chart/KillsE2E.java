package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// A run of which thirty times a pod is killed, deleted or evicted, an operator's or a trainer's, at moments that a
/// seed draws and the run's own progress names. Comes last, for it leaves operators that Kubernetes hesitates to start.
@ExtendWith(Installed.class)
@Order(4)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillsE2E {
    static final long SEED = 20211;
    static final int STRIKES = 30;
    static final int MOST_APART = 8;
    private static final Duration MOST = Duration.ofMinutes(12);

    /// A Job waits ten seconds after a pod that failed, however it did, and twice as long after the next.
    private static final int MOST_OF_A_STEP = 2;

    private static final List<String> STRUCK = new ArrayList<>();
    private static final Map<String, Integer> STRIKES_BY_STEP = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private static Sights sights;

    @BeforeAll
    static void thirty_times_a_pod_is_struck(Installation installation) throws Exception {
        Namespace kills = installation.namespace("strikes");
        sights = new Sights(kills, new StoredSteps(kills.claim("isogloss-store")));
        kills.apply(Experiments.read("teaching.yaml") + "  runtime: {retries: 100}\n");
        List<Strike> left = new ArrayList<>(Strike.drawn(SEED, STRIKES, MOST_APART));
        int[] next = {left.getFirst().after()};
        try {
            kills.until(MOST, () -> {
                sights.look();
                if (!left.isEmpty() && sights.count() >= next[0] && one(left, installation))
                    next[0] = sights.count()
                            + (left.isEmpty() ? 0 : left.getFirst().after());
                return List.of("Succeeded", "Failed").contains(sights.phase());
            });
        } finally {
            Files.write(Path.of("target/strikes.txt"), STRUCK);
        }
    }

    /// The first of these strikes that there is a pod for.
    private static boolean one(List<Strike> left, Installation installation) throws IOException, InterruptedException {
        for (int i = 0; i < left.size(); i++) {
            if (!falls(left.get(i), installation)) continue;
            left.remove(i);
            return true;
        }
        return false;
    }

    private static boolean falls(Strike strike, Installation installation) throws IOException, InterruptedException {
        Namespace where =
                switch (strike.victim()) {
                    case OPERATOR -> installation.operator();
                    case TRAINER -> installation.namespace("strikes");
                };
        List<JsonNode> pods =
                switch (strike.victim()) {
                    case OPERATOR -> ready(where);
                    case TRAINER ->
                        sights.alive().stream()
                                .filter(pod -> STRIKES_BY_STEP.getOrDefault(Sights.step(pod), 0) < MOST_OF_A_STEP)
                                .filter(pod -> strike.blow() != Strike.Blow.KILL || hasProcess(pod))
                                .toList();
                };
        if (pods.isEmpty()) return false;
        JsonNode pod = strike.chosen(pods);
        if (!strike.fallsOn(Sights.name(pod), where)) return false;
        STRIKES_BY_STEP.merge(Sights.step(pod), 1, Integer::sum);
        STRUCK.add("%s at fact %d: %s %s".formatted(Instant.now(), sights.count(), strike.blow(), Sights.name(pod)));
        return true;
    }

    private static boolean hasProcess(JsonNode pod) {
        return pod.at("/status/containerStatuses/0/state").has("running");
    }

    private static List<JsonNode> ready(Namespace operators) throws IOException, InterruptedException {
        return operators
                .get("pods", "-l", "app.kubernetes.io/component=operator")
                .path("items")
                .valueStream()
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .filter(pod -> pod.at("/status/containerStatuses/0/ready").asBoolean())
                .toList();
    }

    @Test
    @Order(1)
    void a_run_that_was_struck_thirty_times_ends_in_the_bytes_of_one_left_alone(Installation installation)
            throws Exception {
        Namespace kills = installation.namespace("strikes");
        StoredSteps store = new StoredSteps(kills.volume("isogloss-store"));
        LocalRun local = installation.localRun(Experiments.read("teaching.yaml"));

        assertThat(sights.phase()).as(kills.node().whatIsThere("strikes")).isEqualTo("Succeeded");
        assertThat(STRUCK).hasSize(STRIKES);
        assertThat(Scores.ofSteps(kills.get("tst"))).hasSize(22).isEqualTo(local.scores());
        assertThat(Scores.rows(kills.get("ctr/teaching").at("/status/results"))).isEqualTo(local.rows());
        assertThat(store.results()).isEqualTo(local.store().results());
        assertThat(store.bytes()).isEqualTo(local.store().bytes());
    }

    @Test
    @Order(2)
    void no_step_was_done_twice(Installation installation) throws Exception {
        Namespace kills = installation.namespace("strikes");
        StoredSteps store = new StoredSteps(kills.volume("isogloss-store"));
        JsonNode run = kills.get("ctr/teaching");

        assertThat(store.resultFiles())
                .as("the first result of each step is its last")
                .hasSize(22)
                .isEqualTo(sights.firstResults());
        assertThat(sights.finishers().values())
                .as("pods that did it to its end")
                .allMatch(pods -> pods.size() == 1);
        for (String key : store.keys()) {
            JsonNode provenance = store.json(key, "result.json").path("provenance");
            assertThat(List.of(
                            instant(run.at("/metadata/creationTimestamp")),
                            instant(provenance.path("started")),
                            instant(provenance.path("finished")),
                            instant(run.at("/status/completionTime")).plusSeconds(1))) // Kubernetes has whole seconds
                    .isSorted();
        }
    }

    private static Instant instant(JsonNode text) {
        return Instant.parse(text.asText());
    }

    @Test
    @Order(3)
    void nothing_is_left_that_belongs_to_nothing(Installation installation) throws Exception {
        Namespace kills = installation.namespace("strikes");
        Set<String> steps = Set.copyOf(names(kills.get("tst")));
        kills.until(SHORT, () -> {
            sights.look();
            return sights.alive().isEmpty();
        });

        assertThat(names(kills.get("jobs"))).hasSize(22).containsExactlyInAnyOrderElementsOf(steps);
        assertThat(kills.get("jobs").path("items").valueStream())
                .allMatch(job -> job.at("/status/succeeded").asInt() == 1)
                .allMatch(job -> job.at("/status/active").asInt() == 0);
        assertThat(kills.get("pods").path("items").valueStream())
                .allMatch(pod -> steps.contains(
                        pod.at("/metadata/ownerReferences/0/name").asText()));
        kills.kubectl("delete", "ctr", "teaching").outOrFail();
        kills.until(SHORT, () -> kills.get("tst,jobs,pods").path("items").isEmpty());
    }

    private static List<String> names(JsonNode list) {
        return list.path("items").valueStream().map(Sights::name).toList();
    }

    @Test
    @Order(4)
    void the_operators_are_back_and_were_refused_nothing(Installation installation) throws Exception {
        installation.operator().waitFor("condition=Available", "deployment/isogloss", SHORT);

        assertThat(installation.audit().refused()).isEmpty();
    }
}
