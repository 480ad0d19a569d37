package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// A table of systems on a real node, compared to the bit with what one process of the same image makes of it.
@ExtendWith(Installed.class)
@Order(5)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BenchmarkE2E {

    @Test
    @Order(1)
    void a_table_leaves_the_scores_and_bytes_of_a_local_run(Installation installation) throws Exception {
        String table = Files.readString(Chart.ROOT.resolve("examples/table.yaml"));
        Namespace tables = installation.namespace("tables");
        StoredSteps store = new StoredSteps(tables.claim("isogloss-store"));
        tables.apply(table);
        tables.waitFor("condition=Complete", "txb/table", LONG);
        LocalRun local = installation.localRun(table);

        assertThat(Scores.rows(tables.get("txb/table").at("/status/results"))).isEqualTo(local.rows());
        assertThat(local.store().bytes()).isNotEmpty();
        assertThat(store.results()).isEqualTo(local.store().results());
        assertThat(store.bytes()).isEqualTo(local.store().bytes());
    }

    @Test
    @Order(2)
    void each_system_but_the_baseline_says_how_sure_its_difference_is(Installation installation) throws Exception {
        JsonNode status = installation.namespace("tables").get("txb/table").path("status");

        assertThat(status.path("systems").valueStream())
                .extracting(system -> system.path("name").asText())
                .containsExactly("zero-shot", "iwda", "distill", "self-training");
        assertThat(status.path("systems").valueStream())
                .filteredOn(system -> !system.path("name").asText().equals("zero-shot"))
                .allSatisfy(system -> {
                    assertThat(system.path("difference").isMissingNode()).isFalse();
                    assertThat(system.path("p").asDouble()).isBetween(0.0, 1.0);
                });
        assertThat(status.at("/systems/1/chosen").asText()).contains("lambdaAlign");
    }

    @Test
    @Order(3)
    void the_operator_has_the_rights_that_tables_need(Installation installation) throws Exception {
        assertThat(installation.audit().refused()).isEmpty();
        assertThat(installation.audit().used().keySet())
                .contains("list transferbenchmarks", "watch transferbenchmarks", "patch transferbenchmarks/status");
    }
}
