package dev.isogloss.operator.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the operator wrote, as the API server wrote it down: events included, its lease left out.
final class AuditLog {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> WRITES = Set.of("create", "patch", "update", "delete");

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /// Writes by what they did: `patch trainingsteps/status`.
    Map<String, Integer> writes() throws IOException {
        Map<String, Integer> writes = new TreeMap<>();
        try (var lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (!line.contains("fabric8-kubernetes-client") || !line.endsWith("}")) continue;
                JsonNode event = JSON.readTree(line);
                String verb = event.path("verb").asText();
                JsonNode about = event.path("objectRef");
                String resource = about.path("resource").asText();
                if (!event.path("userAgent").asText().startsWith("fabric8-kubernetes-client")) continue;
                if (!WRITES.contains(verb) || resource.equals("leases")) continue;
                String part = about.path("subresource").asText();
                writes.merge(verb + " " + resource + (part.isEmpty() ? "" : "/" + part), 1, Integer::sum);
            }
        }
        return writes;
    }

    int count() throws IOException {
        return writes().values().stream().mapToInt(Integer::intValue).sum();
    }
}
