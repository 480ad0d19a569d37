package dev.isogloss.chart;

import static dev.isogloss.chart.Namespace.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whole experiments of every kind on a real node, compared to the bit with what one process of the same image makes of
/// the same manifest.
@ExtendWith(Installed.class)
@Order(2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunsE2E {

    @Test
    @Order(1)
    void a_run_says_in_a_line_how_far_it_is(Installation installation) throws Exception {
        Namespace runs = installation.namespace("runs");
        runs.claim("isogloss-store");
        runs.apply(Experiments.read("teaching.yaml"));
        List<Map<String, String>> said = new ArrayList<>();
        runs.until(LONG, () -> {
            said.add(line(runs));
            return List.of("Succeeded", "Failed").contains(said.getLast().get("PHASE"));
        });
        LocalRun local = installation.localRun(Experiments.read("teaching.yaml"));
        Map.Entry<String, Double> best = best(local);

        Map<String, String> last = said.getLast();
        assertThat(last.remove("AGE")).matches("\\d+[smh].*");
        assertThat(last)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "NAME", "teaching",
                        "PHASE", "Succeeded",
                        "ROUND", "3/3",
                        "BEST MODEL", best.getKey(),
                        "BEST SCORE", String.format(Locale.ROOT, "%.4f", best.getValue()),
                        "PSEUDO-LABELS", String.valueOf(handedOn(local.store())),
                        "STEPS", "22/22"));
        assertThat(said).extracting(line -> line.get("PHASE")).contains("Running");
        assertThat(said).extracting(line -> line.get("ROUND")).isSorted().contains("1/3", "2/3");
    }

    private static Map<String, String> line(Namespace runs) throws IOException, InterruptedException {
        return Table.rows(runs.kubectl("get", "ctr", "teaching").outOrFail()).getFirst();
    }

    /// The model that scored highest in any round, and how high. The table of a run would not tell, for it leaves out
    /// the rounds between the first and the last.
    private static Map.Entry<String, Double> best(LocalRun local) {
        return local.events().stream()
                .filter(event -> event.path("event").asText().equals("StepSucceeded"))
                .filter(event -> event.path("title").asText().startsWith("evaluate "))
                .map(event -> Map.entry(event.path("title").asText().split(" ")[1], onTargets(event.path("scores"))))
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
    }

    private static double onTargets(JsonNode scores) {
        return scores.valueStream()
                .filter(score -> score.path("metric").asText().equals("Accuracy"))
                .filter(score -> !score.path("language").asText().equals("qal"))
                .mapToDouble(score -> score.path("value").asDouble())
                .average()
                .orElseThrow();
    }

    private static long handedOn(StoredSteps store) throws IOException {
        long count = 0;
        for (String key : store.keys())
            if (Files.exists(store.folder(key).resolve("selected")))
                count += store.json(key, "selected/manifest.json").path("count").asLong();
        return count;
    }

    @Test
    @Order(2)
    void a_run_leaves_the_keys_scores_and_bytes_of_a_local_run(Installation installation) throws Exception {
        Namespace runs = installation.namespace("runs");
        StoredSteps store = new StoredSteps(runs.volume("isogloss-store"));
        LocalRun local = installation.localRun(Experiments.read("teaching.yaml"));

        JsonNode steps = runs.get("tst");
        assertThat(steps.path("items").size())
                .as("pods: eight models, and what was left out of the pod that makes its model")
                .isBetween(8, 11);
        assertThat(Scores.ofSteps(steps)).hasSize(22).isEqualTo(local.scores());
        assertThat(Scores.rows(runs.get("ctr/teaching").at("/status/results"))).isEqualTo(local.rows());
        assertThat(store.results()).isEqualTo(local.store().results());
        assertThat(store.bytes()).isEqualTo(local.store().bytes());
    }

    @Test
    @Order(3)
    void what_models_hand_on_is_known_by_its_digest(Installation installation) throws Exception {
        Namespace runs = installation.namespace("runs");
        StoredSteps store = new StoredSteps(runs.volume("isogloss-store"));
        Map<String, String> told = new TreeMap<>();
        Map<String, String> written = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        for (JsonNode step : runs.get("tst").path("items")) {
            told.putAll(digests(step.path("spec"), step.path("status")));
            for (JsonNode next : step.at("/status/followUps")) told.putAll(digests(next, next));
        }
        for (String key : told.keySet()) {
            written.put(
                    key,
                    store.json(key, "selected/manifest.json").path("sha256").asText());
            found.put(key, StoredSteps.sha256(store.folder(key).resolve("selected/pseudo-labels.jsonl")));
        }

        assertThat(told).hasSize(4).isEqualTo(written).isEqualTo(found);
        assertThat(runs.get("ctr/teaching").at("/status/rounds").valueStream())
                .extracting(round -> round.path("digest").asText())
                .filteredOn(digest -> !digest.isEmpty()) // the last round hands nothing on
                .containsExactlyInAnyOrderElementsOf(told.values());
    }

    /// What a selection says of the labels that it hands on, by its key; nothing for other steps.
    private static Map<String, String> digests(JsonNode step, JsonNode result) {
        return step.path("kind").asText().equals("SelectPseudoLabels")
                ? Map.of(
                        step.path("key").asText(),
                        result.at("/digests/pseudo-labels").asText())
                : Map.of();
    }

    @Test
    @Order(4)
    void every_round_that_ends_is_an_event(Installation installation) throws Exception {
        JsonNode events = installation
                .namespace("runs")
                .get("events", "--field-selector=reason=RoundComplete,involvedObject.name=teaching");

        assertThat(events.path("items").valueStream())
                .extracting(event -> event.path("message").asText())
                .hasSize(3)
                .anyMatch(said -> said.matches(
                        "round 1 of 3 is complete: lm scores .*, hands on \\d+ labels, agrees on .*; emb scores .*"))
                .anyMatch(said -> said.startsWith("round 2 of 3 is complete: lm scores "))
                .anyMatch(said -> said.startsWith("round 3 of 3 is complete: lm scores "));
    }

    @Test
    @Order(5)
    void an_experiment_trains_only_what_a_run_before_it_has_not(Installation installation) throws Exception {
        Namespace runs = installation.namespace("runs");
        int before = runs.get("tst").path("items").size();
        runs.apply(Experiments.read("aligning.yaml").replaceFirst("spec:\n", "spec:\n  runtime: {podPer: Line}\n"));
        runs.waitFor("condition=Complete", "txp/aligning", LONG);
        StoredSteps store = new StoredSteps(runs.volume("isogloss-store"));
        LocalRun local = installation.localRun(Experiments.read("aligning.yaml"));

        JsonNode steps = runs.get("tst");
        assertThat(steps.path("items")).as("a pod for each target").hasSize(before + 2);
        assertThat(Scores.ofSteps(steps)).hasSize(22 + 8);
        assertThat(Scores.rows(runs.get("txp/aligning").at("/status/results"))).isEqualTo(local.rows());
        assertThat(local.store().bytes()).isNotEmpty();
        assertThat(store.bytes()).containsAllEntriesOf(local.store().bytes());
        assertThat(store.results()).containsAllEntriesOf(local.store().results());
    }

    @Test
    @Order(6)
    void the_quickstart_with_a_pod_for_each_step_gets_the_keys_and_scores_of_a_local_run(Installation installation)
            throws Exception {
        String quickstart = Files.readString(Chart.ROOT.resolve("examples/quickstart.yaml"))
                .replaceFirst("spec:\n", "spec:\n  runtime: {podPer: Step}\n");
        Namespace namespace = installation.namespace("quickstart");
        StoredSteps store = new StoredSteps(namespace.claim("isogloss-store"));
        namespace.apply(quickstart);
        namespace.waitFor("condition=Complete", "txp/quickstart", LONG);
        LocalRun local = installation.localRun(quickstart);

        JsonNode steps = namespace.get("tst");
        assertThat(steps.path("items")).hasSize(7);
        assertThat(Scores.ofSteps(steps)).isEqualTo(local.scores());
        assertThat(Scores.rows(namespace.get("txp/quickstart").at("/status/results")))
                .isEqualTo(local.rows());
        assertThat(store.bytes()).isEqualTo(local.store().bytes());
    }

    @Test
    @Order(7)
    void parsers_and_the_models_between_them_are_those_of_a_local_run(Installation installation) throws Exception {
        Namespace between = installation.namespace("between");
        Treebank.write(between.claim("treebanks"));
        Treebank.write(installation.namespace("local").claim("treebanks"));
        StoredSteps store = new StoredSteps(between.claim("isogloss-store"));
        between.apply(Experiments.read("between.yaml"));
        between.waitFor("condition=Complete", "txp/between", LONG);
        LocalRun local = installation.localRun(Experiments.read("between.yaml"));

        assertThat(Scores.rows(between.get("txp/between").at("/status/results")))
                .isEqualTo(local.rows());
        assertThat(store.results()).isEqualTo(local.store().results());
        assertThat(store.bytes())
                .isEqualTo(local.store().bytes())
                .extractingFromEntries(Map.Entry::getKey)
                .filteredOn(file -> file.toString().endsWith("analysis/plane.csv"))
                .hasSize(2);
    }

    @Test
    @Order(8)
    void the_operator_has_the_rights_that_runs_need(Installation installation) throws Exception {
        assertThat(installation.audit().refused()).isEmpty();
        assertThat(installation.audit().used().keySet())
                .contains("list cotrainingruns", "watch cotrainingruns", "patch cotrainingruns/status");
    }
}
