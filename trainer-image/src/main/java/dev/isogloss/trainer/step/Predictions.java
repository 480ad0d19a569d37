package dev.isogloss.trainer.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Report;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `predictions/`: a JSON line an example, a report a split, and the labels' order once.
final class Predictions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Predictions() {}

    static void write(Path folder, String language, String split, List<Prediction> predictions) throws IOException {
        AtomicFiles.file(folder.resolve(language + "-" + split + ".jsonl"), file -> {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                for (Prediction prediction : predictions) {
                    out.write(JSON.writeValueAsString(prediction));
                    out.write('\n');
                }
            }
        });
    }

    static void writeReport(Path folder, String language, String split, Report report) throws IOException {
        AtomicFiles.write(folder.resolve(language + "-" + split + ".report.json"), JSON.writeValueAsString(report));
    }

    /// In the order in which every prediction lists its probabilities.
    static void writeLabels(Path folder, List<String> labels) throws IOException {
        try {
            AtomicFiles.write(folder.resolve("labels.json"), JSON.writeValueAsString(labels));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
