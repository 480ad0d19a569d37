package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What `isogloss run` made of a manifest.
///
/// @param events of `--json`
/// @param store  what it left
record LocalRun(List<JsonNode> events, StoredSteps store) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Claims that the manifest names are those of the same name here.
    static LocalRun of(String manifest, String name, Namespace namespace, String... secrets)
            throws IOException, InterruptedException {
        namespace
                .kubectl("create", "configmap", name, "--from-literal=m.yaml=" + manifest)
                .outOrFail();
        StoredSteps store = new StoredSteps(namespace.claim(name));
        TrainerPod pod = new TrainerPod(namespace, name)
                .withSecrets(secrets)
                .mounting("/manifest", "configMap: {name: %s}".formatted(name))
                .mounting("/store", "persistentVolumeClaim: {claimName: %s}".formatted(name));
        List<String> command = new ArrayList<>(List.of("run", "/manifest/m.yaml", "--store", "/store", "--json"));
        for (String claim : claims(manifest)) {
            pod = pod.mounting("/claims/" + claim, "persistentVolumeClaim: {claimName: %s}".formatted(claim));
            command.addAll(List.of("--claim", "%1$s=/claims/%1$s".formatted(claim)));
        }
        String log = pod.run(command.toArray(String[]::new));
        List<JsonNode> events = new ArrayList<>();
        for (String line : log.split("\n")) if (line.startsWith("{")) events.add(JSON.readTree(line));
        return new LocalRun(events, store);
    }

    private static List<String> claims(String manifest) {
        return Pattern.compile("\\bclaim: ([a-z-]+)")
                .matcher(manifest)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /// The table, as [Scores] compares it.
    Map<String, String> rows() {
        return Scores.rows(table());
    }

    JsonNode table() {
        return events.getLast().path("rows");
    }

    /// Scores of every step to the last digit, by key.
    Map<String, Set<String>> scores() {
        return Scores.ofEvents(events);
    }
}
