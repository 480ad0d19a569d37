package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the API server wrote down of the operator's requests.
///
/// @param policy what it is to write down
/// @param log    where it does
record Audit(Path policy, Path log) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Audit into(Path folder) throws IOException {
        Path policy = Files.writeString(folder.resolve("audit.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                  - {level: Metadata, users: ["system:serviceaccount:isogloss-system:isogloss"]}
                  - {level: None}
                """);
        return new Audit(policy, folder.resolve("audit.log"));
    }

    String apiServerFlags() {
        return "--audit-policy-file=%s --audit-log-path=%s".formatted(policy, log);
    }

    /// How often the operator did what: `patch trainingsteps/status`.
    Map<String, Integer> used() throws IOException {
        Map<String, Integer> used = new TreeMap<>();
        for (JsonNode event : events()) {
            used.merge(what(event), 1, Integer::sum);
            boolean made = event.path("verb").asText().equals("patch")
                    && event.at("/responseStatus/code").asInt() == 201;
            if (made)
                used.merge(what(event).replace("patch ", "create "), 1, Integer::sum); // an apply needs both rights
        }
        return used;
    }

    /// What it had no right to do.
    List<String> refused() throws IOException {
        return events().stream()
                .filter(event -> event.at("/responseStatus/code").asInt() == 403)
                .map(Audit::what)
                .toList();
    }

    private static String what(JsonNode event) {
        JsonNode about = event.path("objectRef");
        String resource = about.path("resource").asText();
        return event.path("verb").asText() + " "
                + (about.has("subresource")
                        ? resource + "/" + about.path("subresource").asText()
                        : resource);
    }

    private List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            JsonNode event = JSON.readTree(line);
            if (event.has("objectRef")) events.add(event);
        }
        return events;
    }
}
