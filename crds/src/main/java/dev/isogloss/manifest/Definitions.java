package dev.isogloss.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The resource definitions that this program carries, and the records they are read into.
final class Definitions {
    static final List<String> KINDS =
            List.of("TransferExperiment", "CoTrainingRun", "TransferBenchmark", "TrainingStep");

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final Map<String, JsonNode> SCHEMAS = new ConcurrentHashMap<>();

    private Definitions() {}

    /// The schema of a kind as a whole, without its status.
    static JsonNode schema(String kind) {
        return SCHEMAS.computeIfAbsent(kind, Definitions::load);
    }

    private static JsonNode load(String kind) {
        String file = "/dev/isogloss/crds/" + kind.toLowerCase(Locale.ROOT) + "s.schema.json";
        try (InputStream in = Objects.requireNonNull(Definitions.class.getResourceAsStream(file), file)) {
            ObjectNode schema = (ObjectNode) MAPPER.readTree(in);
            // the root's own rules speak of metadata, which `Metadata` checks
            schema.remove("x-kubernetes-validations");
            return schema;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @param places null for what stands in no file of its own
    static Manifest manifest(
            String kind, String name, @Nullable String namespace, Value spec, @Nullable FieldPlaces places) {
        return switch (kind) {
            case "TransferExperiment" ->
                new TransferExperimentManifest(
                        name, namespace, places, MAPPER.convertValue(spec.plain(), TransferExperimentSpec.class));
            case "CoTrainingRun" ->
                new CoTrainingRunManifest(
                        name, namespace, places, MAPPER.convertValue(spec.plain(), CoTrainingRunSpec.class));
            case "TransferBenchmark" ->
                new TransferBenchmarkManifest(
                        name, namespace, places, MAPPER.convertValue(spec.plain(), TransferBenchmarkSpec.class));
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
