package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The steps of a store that is a folder of this machine, read as a stranger to the program would.
record StoredSteps(Path store) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESULT = "result.json";

    /// What differs from run to run and from machine to machine.
    private static final List<String> FACTS_OF_THE_MACHINE = List.of("seconds", "peakMemoryBytes");

    /// Every step that has a folder, finished or not.
    Set<String> keys() throws IOException {
        if (!Files.exists(steps())) return Set.of();
        try (Stream<Path> folders = Files.list(steps())) {
            return new TreeSet<>(
                    folders.map(folder -> folder.getFileName().toString()).toList());
        }
    }

    private Path steps() {
        return store.resolve("steps");
    }

    Path folder(String key) {
        return steps().resolve(key);
    }

    /// The SHA-256 of every file of every step, but for results, which hold times.
    Map<String, String> bytes() throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        for (Path file : files())
            if (!file.endsWith(RESULT)) bytes.put(steps().relativize(file).toString(), sha256(file));
        return bytes;
    }

    /// Of all steps; those that vanish meanwhile are left out.
    List<Path> files() throws IOException {
        if (!Files.exists(steps())) return List.of();
        try (Stream<Path> files = Files.walk(steps())) {
            return files.filter(Files::isRegularFile).toList();
        } catch (java.io.UncheckedIOException gone) {
            if (gone.getCause() instanceof NoSuchFileException) return List.of();
            throw gone;
        }
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Of every finished step, the text that its process left.
    Map<String, String> resultFiles() throws IOException {
        Map<String, String> results = new TreeMap<>();
        for (String key : keys()) {
            Path file = folder(key).resolve(RESULT);
            if (Files.exists(file)) results.put(key, Files.readString(file));
        }
        return results;
    }

    /// Of every finished step: scores, facts, digests and the data it read, without when, where and how fast.
    Map<String, JsonNode> results() throws IOException {
        Map<String, JsonNode> results = new TreeMap<>();
        for (var file : resultFiles().entrySet()) {
            ObjectNode result = (ObjectNode) JSON.readTree(file.getValue());
            ((ObjectNode) result.path("facts")).remove(FACTS_OF_THE_MACHINE);
            result.set("provenance", result.at("/provenance/data"));
            results.put(file.getKey(), result);
        }
        return results;
    }

    JsonNode json(String key, String file) throws IOException {
        return JSON.readTree(folder(key).resolve(file).toFile());
    }
}
