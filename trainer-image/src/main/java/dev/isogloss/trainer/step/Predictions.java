package dev.isogloss.trainer.step;

import dev.isogloss.json.Json;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.task.Prediction;
import dev.isogloss.trainer.task.Report;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `predictions/`: a JSON line an example, a report a split, and the labels' order once.
public final class Predictions {

    private static final String LABELS = "labels.json";

    private Predictions() {}

    public static void write(Path folder, String language, String split, List<Prediction> predictions)
            throws IOException {
        AtomicFiles.file(file(folder, language, split), file -> {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                for (Prediction prediction : predictions) write(out, prediction);
            }
        });
    }

    public static Path file(Path folder, String language, String split) {
        return folder.resolve(language + "-" + split + ".jsonl");
    }

    public static void write(BufferedWriter out, Prediction prediction) throws IOException {
        out.write(Json.PLAIN.writeValueAsString(prediction));
        out.write('\n');
    }

    public static BufferedReader open(Path folder, String language, String split) throws IOException {
        return Files.newBufferedReader(file(folder, language, split));
    }

    /// The next example's prediction, or null after the last.
    public static @Nullable Prediction next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        return line == null ? null : Json.PLAIN.readValue(line, Prediction.class);
    }

    /// The prediction for the next example of the data that was predicted.
    public static Prediction of(String id, BufferedReader lines) {
        try {
            Prediction prediction = next(lines);
            if (prediction == null || !prediction.id().equals(id))
                throw new IllegalStateException("the predictions are not those of this data: %s where %s is"
                        .formatted(prediction == null ? "nothing" : prediction.id(), id));
            return prediction;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// All of them.
    public static List<Prediction> read(Path folder, String language, String split) throws IOException {
        List<Prediction> predictions = new ArrayList<>();
        try (BufferedReader lines = open(folder, language, split)) {
            for (Prediction next = next(lines); next != null; next = next(lines)) predictions.add(next);
        }
        return predictions;
    }

    public static void writeReport(Path folder, String language, String split, Report report) throws IOException {
        AtomicFiles.write(
                folder.resolve(language + "-" + split + ".report.json"), Json.PLAIN.writeValueAsString(report));
    }

    /// Makes the folder.
    ///
    /// @param labels in the order in which every prediction lists its probabilities
    public static void begin(Path folder, List<String> labels) throws IOException {
        Files.createDirectories(folder);
        AtomicFiles.write(folder.resolve(LABELS), Json.PLAIN.writeValueAsString(labels));
    }

    public static List<String> labels(Path folder) throws IOException {
        return List.of(Json.PLAIN.readValue(Files.readAllBytes(folder.resolve(LABELS)), String[].class));
    }
}
