package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A [StruckRun] of two models that teach each other, and one of three that teach each other over two rounds with
/// copies of their texts. Comes late, for it leaves operators that Kubernetes hesitates to start.
@ExtendWith(Installed.class)
@Order(6)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillsE2E {
    static final long SEED = 20211;
    static final int STRIKES = 30;
    static final int MOST_APART = 8;
    private static final Duration MOST = Duration.ofMinutes(25);

    /// Pods enough for thirty strikes, and both ways to share steps out to them.
    private static final Map<String, String> RUNTIMES = Map.of(
            "teaching", "  runtime: {retries: 100, podPer: Step}\n",
            "tri", "  runtime: {retries: 100}\n");

    private static final Map<String, StruckRun> RUNS = new HashMap<>();

    private static StruckRun struck(String name, Installation installation) throws Exception {
        StruckRun known = RUNS.get(name);
        if (known != null) return known;
        StruckRun run = StruckRun.of(
                Experiments.read(name + ".yaml") + RUNTIMES.get(name),
                "strikes-" + name,
                installation,
                Strike.drawn(SEED, STRIKES, MOST_APART),
                MOST);
        RUNS.put(name, run);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"teaching", "tri"})
    @Order(1)
    void a_run_that_was_struck_thirty_times_ends_in_the_bytes_of_one_left_alone(String name, Installation installation)
            throws Exception {
        StruckRun run = struck(name, installation);
        Namespace kills = run.namespace();
        LocalRun local = installation.localRun(Experiments.read(name + ".yaml"));

        assertThat(run.sights().phase())
                .as(kills.node().whatIsThere(kills.name()))
                .isEqualTo("Succeeded");
        assertThat(run.struck()).hasSize(STRIKES);
        assertThat(Scores.ofSteps(kills.get("tst"))).isNotEmpty().isEqualTo(local.scores());
        assertThat(Scores.rows(kills.get("ctr/" + name).at("/status/results"))).isEqualTo(local.rows());
        assertThat(run.store().results()).isEqualTo(local.store().results());
        assertThat(run.store().bytes()).isEqualTo(local.store().bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"teaching", "tri"})
    @Order(2)
    void no_step_was_done_twice(String name, Installation installation) throws Exception {
        StruckRun struck = struck(name, installation);
        StoredSteps store = struck.store();
        JsonNode run = struck.namespace().get("ctr/" + name);

        assertThat(store.resultFiles())
                .as("the first result of each step is its last")
                .hasSameSizeAs(store.keys())
                .isEqualTo(struck.sights().firstResults());
        assertThat(struck.sights().finishers().values())
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

    @ParameterizedTest
    @ValueSource(strings = {"teaching", "tri"})
    @Order(3)
    void nothing_is_left_that_belongs_to_nothing(String name, Installation installation) throws Exception {
        StruckRun run = struck(name, installation);
        Namespace kills = run.namespace();
        Set<String> steps = Set.copyOf(names(kills.get("tst")));
        kills.until(SHORT, () -> {
            run.sights().look();
            return run.sights().alive().isEmpty();
        });

        assertThat(names(kills.get("jobs")))
                .as("Jobs, which go ten minutes after they succeeded")
                .isSubsetOf(steps);
        assertThat(kills.get("jobs").path("items").valueStream())
                .allMatch(job -> job.at("/status/succeeded").asInt() == 1)
                .allMatch(job -> job.at("/status/active").asInt() == 0);
        assertThat(kills.get("pods").path("items").valueStream())
                .allMatch(pod -> steps.contains(
                        pod.at("/metadata/ownerReferences/0/name").asText()));
        kills.kubectl("delete", "ctr", name).outOrFail();
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
