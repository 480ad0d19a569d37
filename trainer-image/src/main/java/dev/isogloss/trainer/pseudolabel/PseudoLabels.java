package dev.isogloss.trainer.pseudolabel;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.json.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folder `selected/` of a selection: labels one a line, and their manifest.
public final class PseudoLabels {
    public static final String LABELS = "pseudo-labels.jsonl";
    public static final String MANIFEST = "manifest.json";

    private PseudoLabels() {}

    public static void write(BufferedWriter out, JudgedLabel label) throws IOException {
        out.write(Json.PLAIN.writeValueAsString(label));
        out.write('\n');
    }

    /// Reads exactly what the selection wrote.
    ///
    /// @param folder `selected/` of a step that is done
    /// @throws InvalidInput if the file is not the one that the manifest speaks of
    public static List<PseudoLabel> read(Path folder) throws IOException {
        Path file = folder.resolve(LABELS);
        SelectionManifest manifest = manifest(folder);
        byte[] bytes = Files.readAllBytes(file);
        String found = Sha256.of(bytes);
        if (!found.equals(manifest.sha256()))
            throw new InvalidInput(("%s has changed since it was selected: its SHA-256 is %s..., and its manifest says"
                            + " %s.... Remove the folder %s, and the selection runs again.")
                    .formatted(file, found.substring(0, 12), manifest.sha256().substring(0, 12), folder.getParent()));
        List<PseudoLabel> labels = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                labels.add(Json.PLAIN.readValue(line, PseudoLabel.class));
        }
        if (labels.size() != manifest.count())
            throw new IllegalStateException(
                    "%s has %d lines, its manifest says %d".formatted(file, labels.size(), manifest.count()));
        return labels;
    }

    public static SelectionManifest manifest(Path folder) throws IOException {
        Path file = folder.resolve(MANIFEST);
        try {
            return Json.PLAIN.readValue(Files.readAllBytes(file), SelectionManifest.class);
        } catch (JsonProcessingException broken) {
            throw new InvalidInput(
                    "%s is no manifest of pseudo-labels (%s). Remove the folder %s, and the selection runs again."
                            .formatted(file, broken.getOriginalMessage(), folder.getParent()),
                    broken);
        }
    }

    public static void writeManifest(Path folder, SelectionManifest manifest) throws IOException {
        Files.writeString(
                folder.resolve(MANIFEST),
                Json.PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
    }
}
