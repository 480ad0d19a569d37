package dev.isogloss.trainer.augment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.json.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The folder `augmented/` of an augmentation: copies one a line, and their manifest.
public final class AugmentedCopies {
    public static final String COPIES = "copies.jsonl";
    public static final String MANIFEST = "manifest.json";

    private AugmentedCopies() {}

    /// `augmented/manifest.json`.
    ///
    /// @param count     lines of `copies.jsonl`
    /// @param discarded copies that were left out since two words had grown into one
    /// @param sha256    of the file
    public record Manifest(long count, long discarded, String sha256) {}

    public static void write(BufferedWriter out, AugmentedCopy copy) throws IOException {
        out.write(Json.PLAIN.writeValueAsString(copy));
        out.write('\n');
    }

    public static void writeManifest(Path folder, Manifest manifest) throws IOException {
        Files.writeString(
                folder.resolve(MANIFEST),
                Json.PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
    }

    /// @throws InvalidInput if the manifest is none, or the copies are not those that it speaks of
    public static Manifest manifest(Path folder) throws IOException {
        Path file = folder.resolve(MANIFEST);
        Manifest manifest;
        try {
            manifest = Json.PLAIN.readValue(Files.readAllBytes(file), Manifest.class);
        } catch (JsonProcessingException broken) {
            throw new InvalidInput(
                    "%s is no manifest of copies (%s). Remove the folder %s, and they are made again."
                            .formatted(file, broken.getOriginalMessage(), folder.getParent()),
                    broken);
        }
        String found = Sha256.of(folder.resolve(COPIES));
        if (!found.equals(manifest.sha256()))
            throw new InvalidInput(("%s has changed since it was made: its SHA-256 is %s..., and its manifest says"
                            + " %s.... Remove the folder %s, and the copies are made again.")
                    .formatted(
                            folder.resolve(COPIES),
                            found.substring(0, 12),
                            manifest.sha256().substring(0, 12),
                            folder.getParent()));
        return manifest;
    }

    /// Reads copies so many at a time; no more are in memory.
    public static void stream(Path folder, int piece, Consumer<List<AugmentedCopy>> reader) {
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve(COPIES))) {
            List<AugmentedCopy> copies = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copies.add(Json.PLAIN.readValue(line, AugmentedCopy.class));
                if (copies.size() < piece) continue;
                reader.accept(List.copyOf(copies));
                copies.clear();
            }
            if (!copies.isEmpty()) reader.accept(List.copyOf(copies));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
