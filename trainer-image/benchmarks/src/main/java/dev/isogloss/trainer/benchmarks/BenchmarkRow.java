package dev.isogloss.trainer.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.trainer.tensor.Engine;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// A line of results. Rows of two sides are compared when bench, case, shape, batch, seq, threads, device and
/// dtype agree.
final class BenchmarkRow {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchmarkRow() {}

    /// @param milliseconds one value per repetition
    static void print(Options options, String bench, String variant, double[] milliseconds, Map<String, Double> more) {
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        ObjectNode row = JSON.createObjectNode()
                .put("side", "isogloss")
                .put("bench", bench)
                .put(
                        "case",
                        options.lengths == null
                                ? ""
                                : options.lengths.getFileName().toString())
                .put("shape", options.shape.name())
                .put("batch", options.batch)
                .put("seq", options.sequence)
                .put("threads", options.threads)
                .put("device", options.device.name().toLowerCase(Locale.ROOT))
                .put("dtype", options.bfloat16 ? "bf16" : "fp32")
                .put("variant", variant)
                .put("median_ms", rounded(median))
                .put("min_ms", rounded(sorted[0]))
                .put("n", sorted.length)
                .put("hwm_mb", Engine.peakMemoryBytes() >> 20);
        more.forEach((name, value) -> row.put(name, rounded(value)));
        System.out.println(row);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }
}
