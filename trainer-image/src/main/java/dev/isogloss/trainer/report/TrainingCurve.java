package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.trainer.store.StoreJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// The scores by which a training chose its checkpoint, from the curve that it left.
final class TrainingCurve {
    private TrainingCurve() {}

    /// @param curve `curve.jsonl`
    /// @return by update, from 0 to 1
    static SortedMap<Long, Double> of(Path curve) {
        SortedMap<Long, Double> scores = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(curve)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.contains("\"score\"")) continue;
                JsonNode reading = StoreJson.MAPPER.readTree(line);
                if (reading.path("score").isNumber())
                    scores.put(
                            reading.get("update").asLong(), reading.get("score").asDouble());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return scores;
    }
}
