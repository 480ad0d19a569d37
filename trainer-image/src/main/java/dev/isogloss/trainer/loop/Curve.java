package dev.isogloss.trainer.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// `curve.jsonl`: losses, rates and scores by update, one JSON object a line.
public final class Curve {
    private final Path file;

    /// @param resumedAt lines of later updates are dropped, for they will be written again; 0 starts afresh
    public Curve(Path file, long resumedAt) {
        this.file = file;
        try {
            List<String> kept = resumedAt > 0 && Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> updateOf(line) <= resumedAt)
                            .toList()
                    : List.of();
            Files.write(file, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A line that a kill cut short speaks of an update that will be done again.
    private static long updateOf(String line) {
        try {
            JsonNode node = Json.PLAIN.readTree(line);
            return node.path("update").asLong(Long.MAX_VALUE);
        } catch (IOException cutShort) {
            return Long.MAX_VALUE;
        }
    }

    /// @param update updates done
    public void add(long update, Map<String, Double> values) {
        ObjectNode line = Json.PLAIN.createObjectNode().put("update", update);
        values.forEach(line::put);
        try {
            Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
