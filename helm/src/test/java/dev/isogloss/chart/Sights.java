package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What has been seen of a run: each pod in each phase, each file of its store, each growth of a curve. Their number is
/// how far the run has come, by which moments in it can be named without a clock.
final class Sights {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> RUNS = Set.of("CoTrainingRun", "TransferBenchmark");

    private final Namespace namespace;
    private final StoredSteps store;
    private final Set<String> facts = new HashSet<>();
    private final Map<String, String> firstResults = new TreeMap<>();
    private final Map<String, Set<String>> finishers = new HashMap<>();
    private List<JsonNode> pods = List.of();
    private String phase = "";

    Sights(Namespace namespace, StoredSteps store) {
        this.namespace = namespace;
        this.store = store;
    }

    void look() throws IOException, InterruptedException {
        List<JsonNode> all =
                namespace.get("ctr,txb,pods").path("items").valueStream().toList();
        pods = all.stream()
                .filter(one -> one.path("kind").asText().equals("Pod"))
                .toList();
        phase = all.stream()
                .filter(one -> RUNS.contains(one.path("kind").asText()))
                .map(run -> run.at("/status/phase").asText())
                .findFirst()
                .orElse("");
        for (JsonNode pod : pods) {
            facts.add(name(pod) + " " + pod.at("/status/phase").asText());
            if (pod.at("/status/phase").asText().equals("Succeeded") && !foundItDone(pod))
                finishers.computeIfAbsent(step(pod), _ -> new TreeSet<>()).add(name(pod));
        }
        for (Path file : store.files()) facts.add(file + (file.endsWith("curve.jsonl") ? " " + size(file) : ""));
        store.resultFiles().forEach(firstResults::putIfAbsent);
    }

    /// Whether it only read the result of another pod, which was gone before it could be asked.
    private static boolean foundItDone(JsonNode pod) throws IOException {
        String message =
                pod.at("/status/containerStatuses/0/state/terminated/message").asText("{}");
        return JSON.readTree(message).path("reused").asBoolean();
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    int count() {
        return facts.size();
    }

    /// Of the run, as its status has it.
    String phase() {
        return phase;
    }

    /// Pods that have not ended, and that nobody has told to.
    List<JsonNode> alive() {
        return pods.stream()
                .filter(pod -> List.of("Pending", "Running")
                        .contains(pod.at("/status/phase").asText()))
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .toList();
    }

    /// The text of each step's `result.json` when it was first there.
    Map<String, String> firstResults() {
        return firstResults;
    }

    /// The pods that did a step to its end, by step.
    Map<String, Set<String>> finishers() {
        return finishers;
    }

    static String name(JsonNode pod) {
        return pod.at("/metadata/name").asText();
    }

    static String step(JsonNode pod) {
        return pod.at("/metadata/labels/isogloss.dev~1step").asText();
    }
}
