package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// A table of the shape of a paper's, seven systems in five languages over three seeds: it begins with two seeds and
/// without its last system, pods of it and of the operator are struck, and half way the rest is asked for.
@ExtendWith(Installed.class)
@Order(7)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TableOneE2E {
    private static final long SEED = 2022;
    private static final int STRIKES = 12;
    private static final int MOST_APART = 100;
    private static final Duration MOST = Duration.ofMinutes(60);
    private static final int STATUS_BOUND = 64 * 1024;
    private static final String NAMESPACE = "strikes-table";

    private static @Nullable StruckRun known;

    private static StruckRun struck(Installation installation) throws Exception {
        if (known != null) return known;
        String whole = Experiments.read("table-one.yaml") + "  runtime: {retries: 100}\n";
        families(installation.namespace(NAMESPACE));
        known = StruckRun.of(
                small(whole), whole, NAMESPACE, installation, Strike.drawn(SEED, STRIKES, MOST_APART), MOST);
        return known;
    }

    /// The table before it grew.
    private static String small(String whole) {
        return whole.replace("seeds: [1, 2, 3]", "seeds: [1, 2]").replaceAll("    - name: in-language\n.*\n", "");
    }

    private static void families(Namespace namespace) throws Exception {
        namespace.claim("datasets");
        for (String seed : new String[] {"1", "2"}) {
            String folder = "/data/" + (seed.equals("1") ? "first" : "second");
            new TrainerPod(namespace, "family-" + seed)
                    .mounting("/data", "persistentVolumeClaim: {claimName: datasets}")
                    .run(
                            "data",
                            "toy",
                            "--out",
                            folder,
                            "--seed",
                            seed,
                            "--train=200",
                            "--test=100",
                            "--texts=300",
                            "--pairs=60");
        }
    }

    @Test
    @Order(1)
    void a_table_that_was_struck_and_grew_ends_in_the_scores_and_bytes_of_one_left_alone(Installation installation)
            throws Exception {
        StruckRun run = struck(installation);
        Namespace tables = run.namespace();
        families(installation.namespace("local"));
        LocalRun local = installation.localRun(Experiments.read("table-one.yaml"));

        assertThat(run.sights().phase())
                .as(tables.node().whatIsThere(tables.name()))
                .isEqualTo("Succeeded");
        assertThat(run.struck()).hasSize(STRIKES);
        assertThat(Scores.rows(tables.get("txb/table-one").at("/status/results")))
                .isNotEmpty()
                .isEqualTo(local.rows());
        assertThat(run.store().results()).containsAllEntriesOf(local.store().results());
        assertThat(run.store().bytes()).containsAllEntriesOf(local.store().bytes());
    }

    @Test
    @Order(2)
    void the_status_holds_the_whole_table_within_its_bound(Installation installation) throws Exception {
        JsonNode status = struck(installation).namespace().get("txb/table-one").path("status");

        assertThat(new JsonMapper().writeValueAsBytes(status)).hasSizeLessThan(STATUS_BOUND);
        assertThat(status.path("systemsDone").asText()).isEqualTo("7/7");
        assertThat(status.path("systems").valueStream().map(system -> system.path("name")
                        .asText()))
                .containsExactly("zero-shot", "iwda", "iwda+kd", "iwda+st", "oracle", "teacher-student", "in-language");
        assertThat(status.path("differences")
                        .valueStream()
                        .map(row -> row.path("system").asText())
                        .distinct())
                .containsExactly("iwda", "iwda+kd", "iwda+st", "oracle", "teacher-student", "in-language");
    }

    @Test
    @Order(3)
    void a_system_that_fails_leaves_its_line_empty_and_says_why(Installation installation) throws Exception {
        Namespace tables = installation.namespace("failed-system");
        tables.claim("isogloss-store");
        tables.apply(Experiments.read("failed-system.yaml"));
        tables.waitFor("condition=Failed", "txb/failed-system", LONG);

        JsonNode systems = tables.get("txb/failed-system").at("/status/systems");
        assertThat(systems.at("/0/mean").asText()).as(systems.toPrettyString()).isNotEmpty();
        assertThat(systems.at("/1/mean").isMissingNode())
                .as(systems.toPrettyString())
                .isTrue();
        assertThat(systems.at("/1/failure").asText()).contains("nobody/has-this");
        assertThat(systems.at("/2/difference").asText())
                .as(systems.toPrettyString())
                .isNotEmpty();
    }
}
