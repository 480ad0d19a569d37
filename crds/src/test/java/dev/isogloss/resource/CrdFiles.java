package dev.isogloss.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.CoTrainingRunStatus;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The custom resource definitions as the types mean them: what the generator gives, and what it cannot.
final class CrdFiles {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    private record Kind(
            Class<? extends CustomResource<?, ?>> resource,
            Class<? extends Record> spec,
            Class<? extends Record> status) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(TransferExperiment.class, TransferExperimentSpec.class, ExperimentStatus.class),
            new Kind(CoTrainingRun.class, CoTrainingRunSpec.class, CoTrainingRunStatus.class),
            new Kind(TransferBenchmark.class, TransferBenchmarkSpec.class, TransferBenchmarkStatus.class),
            new Kind(TrainingStep.class, TrainingStepSpec.class, TrainingStepStatus.class));

    private CrdFiles() {}

    /// Every definition by the name of its file.
    static Map<String, String> all() {
        Map<String, String> files = new LinkedHashMap<>();
        for (Kind kind : KINDS) files.put(HasMetadata.getPlural(kind.resource()) + ".yaml", yaml(kind));
        return files;
    }

    /// The schema of every kind as JSON, without its status: what the local reader parses, for YAML takes too long.
    static Map<String, String> schemas() {
        Map<String, String> files = new LinkedHashMap<>();
        all().forEach((name, yaml) -> {
            ObjectNode schema = (ObjectNode) schema(yaml);
            ((ObjectNode) schema.path("properties")).remove("status");
            files.put(name.replace(".yaml", ".schema.json"), schema + "\n");
        });
        return files;
    }

    static JsonNode schema(String yaml) {
        try {
            return YAML.readTree(yaml)
                    .path("spec")
                    .path("versions")
                    .path(0)
                    .path("schema")
                    .path("openAPIV3Schema");
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The schema of a spec of another kind, of which a benchmark's hold parts.
    static ObjectNode spec(Class<? extends Record> spec) {
        return KINDS.stream()
                .filter(kind -> kind.spec() == spec)
                .findFirst()
                .map(kind -> (ObjectNode) schema(yaml(kind)).at("/properties/spec"))
                .orElseThrow();
    }

    private static String yaml(Kind kind) {
        try {
            ObjectNode definition = (ObjectNode) YAML.readTree(generated(kind.resource()));
            ObjectNode schema = (ObjectNode) schema(definition.toString());
            ObjectNode root = (ObjectNode) definition.at("/spec/versions/0/schema");
            root.set("openAPIV3Schema", schema);
            new SchemaPolish().polish(kind.spec(), (ObjectNode) schema.at("/properties/spec"));
            new SchemaPolish().polish(kind.status(), (ObjectNode) schema.at("/properties/status"));
            SchemaPolish.required(kind.spec(), schema.at("/properties/spec"));
            SchemaPolish.defaultsInWords(schema);
            SchemaPolish.root(schema, kind.resource());
            SchemaPolish.columns((ObjectNode) definition.at("/spec/versions/0"), kind.resource());
            // The API server drops them, and Argo CD would see a difference for ever.
            for (JsonNode column : definition.at("/spec/versions/0/additionalPrinterColumns"))
                if (column.path("priority").asInt() == 0) ((ObjectNode) column).remove("priority");
            return YAML.writeValueAsString(definition);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String generated(Class<? extends CustomResource<?, ?>> resource) {
        var bytes = new ByteArrayOutputStream();
        new CRDGenerator()
                .customResourceClasses(List.of(resource))
                .withParallelGenerationEnabled(false)
                .withOutput(new OneFile(bytes))
                .forCRDVersions("v1")
                .generate();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private record OneFile(ByteArrayOutputStream bytes) implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return bytes;
        }

        @Override
        public java.net.URI crdURI(String name) {
            return java.net.URI.create("file:///" + name);
        }

        @Override
        public void close() {}
    }
}
