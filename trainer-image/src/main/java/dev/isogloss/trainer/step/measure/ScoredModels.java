package dev.isogloss.trainer.step.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.task.Metric;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.step.measure.GridPoint.Blends;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The scores of blended models, a line of JSON each in the step's checkpoint: a step that is stopped or killed goes on
/// with the next one.
final class ScoredModels {
    private final Path file;
    private final Map<Blends, List<LanguageScore>> scores = new LinkedHashMap<>();

    record LanguageScore(String language, Metric metric, double score) {}

    private record Line(Blends model, List<LanguageScore> scores) {}

    /// With those that an earlier attempt left. A line that a kill cut short speaks of a model that will be scored
    /// again.
    ScoredModels(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) return;
        List<String> whole = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                Line read = Json.PLAIN.readValue(line, Line.class);
                scores.put(read.model(), read.scores());
                whole.add(line + "\n");
            } catch (JsonProcessingException cutShort) {
                break;
            }
        }
        AtomicFiles.write(file, String.join("", whole));
    }

    int size() {
        return scores.size();
    }

    Optional<List<LanguageScore>> of(Blends model) {
        return Optional.ofNullable(scores.get(model));
    }

    void add(Blends model, List<LanguageScore> its) throws IOException {
        Files.writeString(
                file,
                Json.PLAIN.writeValueAsString(new Line(model, its)) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        scores.put(model, its);
    }
}
