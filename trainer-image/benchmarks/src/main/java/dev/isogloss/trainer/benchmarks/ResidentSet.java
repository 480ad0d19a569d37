package dev.isogloss.trainer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a process holds of the machine's memory, update by update. Only Linux tells.
final class ResidentSet {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int PARTS = 6;

    private final List<Double> megabytes = new ArrayList<>();

    void look() {
        if (!Files.exists(STATUS)) return;
        try {
            Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .forEach(megabytes::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The largest of each sixth of the updates: flat if nothing leaks.
    Map<String, Double> byPart() {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (int part = 0; part < PARTS && megabytes.size() >= PARTS; part++)
            parts.put(
                    "rss_mb_%d_of_%d".formatted(part + 1, PARTS),
                    megabytes.subList(part * megabytes.size() / PARTS, (part + 1) * megabytes.size() / PARTS).stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElseThrow());
        return parts;
    }
}
