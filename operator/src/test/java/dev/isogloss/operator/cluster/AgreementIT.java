package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Benchmarks;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.manifest.Problem;
import dev.isogloss.operator.fuzz.ManifestGenerator;
import dev.isogloss.resource.TransferBenchmark;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/// A manifest that one takes, the other takes. `-Dfuzz.manifests=10000` asks about more of them, `-Dfuzz.seed=2` about
/// others.
@ExtendWith(RealApiServer.class)
class AgreementIT {
    private static final int MANIFESTS = Integer.getInteger("fuzz.manifests", 400);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final List<String> KINDS = List.of("TransferExperiment", "CoTrainingRun");
    private static final List<String> BENCHMARKS = List.of("TransferBenchmark");

    /// Characters that JSON may hold and YAML may not are escaped, so that both sides read the same text.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Test
    void the_api_server_and_the_local_reader_take_the_same_manifests() throws IOException {
        ManifestGenerator generator = new ManifestGenerator(SEED, examples(KINDS));
        List<String> disagreements = new ArrayList<>();
        int taken = 0;
        try (KubernetesClient client = RealApiServer.client()) {
            for (int i = 0; i < MANIFESTS; i++) {
                ObjectNode manifest = generator.next();
                String text = JSON.writeValueAsString(manifest);
                Optional<String> there = refusal(client, manifest.path("kind").asText(), text);
                List<Problem> here = ManifestReader.check("m.yaml", text).problems();
                if (there.isEmpty()) taken++;
                if (there.isPresent() == here.isEmpty())
                    disagreements.add("manifest %d\nAPI server: %s\nhere: %s\n%s"
                            .formatted(
                                    i, there.orElse("taken"), here, text.substring(0, Math.min(900, text.length()))));
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(taken).as("some are sound, some are not").isBetween(MANIFESTS / 20, MANIFESTS * 19 / 20);
    }

    /// A rule about several fields names the one to be changed, in both.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "examples/quickstart.yaml | targets: [qen | targets: [qal, qen",
                "examples/quickstart.yaml | maxLength: 64 | maxLength: 600",
                "examples/quickstart.yaml | seeds: [1, 2, 3] | evaluate: {languages: [de]}",
                "examples/quickstart.yaml | fineTune: {epochs: 3, | fineTune: {samplingExponent: 0.5, epochs: 3,",
                "examples/table.yaml | {baseline: zero-shot | {baseline: zeroshot",
            })
    void the_api_server_and_the_local_reader_name_the_same_field(String file, String replaced, String by)
            throws IOException {
        String text = Files.readString(Path.of("..", file));
        assertThat(text).contains(replaced);
        String broken = text.replace(replaced, by);
        List<Problem> here = ManifestReader.check("m.yaml", broken).problems();
        assertThat(here).hasSize(1);
        String field = here.getFirst().path().replaceFirst("\\[\\d+]$", ""); // the API server names no item

        try (KubernetesClient client = RealApiServer.client()) {
            ObjectNode manifest = JSON.valueToTree(new Yaml().load(broken));
            assertThat(refusal(client, manifest.path("kind").asText(), manifest.toString()))
                    .hasValueSatisfying(there -> assertThat(there)
                            .contains(field + ": Invalid value")
                            .contains(here.getFirst().message()));
        }
    }

    /// Whatever the definition of a benchmark cannot know, the operator says of what the API server took, in the
    /// words of the local reader. What cannot be planned is found by neither reader, but by the same planner.
    @Test
    void a_benchmark_that_the_api_server_takes_means_the_same_to_the_operator_and_to_the_local_reader()
            throws IOException {
        ManifestGenerator generator = new ManifestGenerator(SEED, examples(BENCHMARKS));
        List<String> disagreements = new ArrayList<>();
        int taken = 0;
        int sound = 0;
        try (KubernetesClient client = RealApiServer.client()) {
            for (int i = 0; i < MANIFESTS; i++) {
                String text = JSON.writeValueAsString(generator.next());
                List<String> here = ManifestReader.check("m.yaml", text).problems().stream()
                        .map(problem -> problem.path() + ": " + problem.message())
                        .toList();
                List<String> there;
                try {
                    TransferBenchmark given = Serialization.unmarshal(
                            client.raw(address("TransferBenchmark"), "POST", text), TransferBenchmark.class);
                    taken++;
                    there = meaning(given);
                } catch (KubernetesClientException refused) {
                    assertThat(refused.getCode()).as(refused.getMessage()).isIn(400, 422);
                    there = List.of(String.valueOf(refused.getMessage()));
                }
                if (there.isEmpty()) sound++;
                boolean said = !there.isEmpty()
                        && there.stream().allMatch(sentence -> sentence.startsWith("spec."))
                        && here.stream().noneMatch(sentence -> sentence.contains("is no YAML"));
                if (there.isEmpty() != here.isEmpty() || said && !here.containsAll(there))
                    disagreements.add("manifest %d\nthere: %s\nhere: %s\n%s"
                            .formatted(i, there, here, text.substring(0, Math.min(900, text.length()))));
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(taken).as("the definition takes some").isGreaterThan(MANIFESTS / 20);
        assertThat(sound).as("some of these mean nothing").isBetween(MANIFESTS / 50, taken - 1);
    }

    private static List<String> meaning(TransferBenchmark given) {
        try {
            Benchmarks.of(given.getMetadata().getName(), given.getSpec());
            return List.of();
        } catch (InvalidInput invalid) {
            return String.valueOf(invalid.getMessage()).lines().toList();
        }
    }

    private static String address(String kind) {
        return "/apis/isogloss.dev/v1alpha1/namespaces/default/%ss?dryRun=All&fieldValidation=Strict"
                .formatted(kind.toLowerCase(Locale.ROOT));
    }

    /// What the API server has against a manifest; nothing if it would take it.
    private static Optional<String> refusal(KubernetesClient client, String kind, String json) {
        try {
            client.raw(address(kind), "POST", json);
            return Optional.empty();
        } catch (KubernetesClientException refused) {
            assertThat(refused.getCode()).as(refused.getMessage()).isIn(400, 422);
            return Optional.of(refused.getMessage());
        }
    }

    private static List<ObjectNode> examples(List<String> kinds) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(AgreementIT::manifests)
                    .filter(manifest -> kinds.contains(manifest.path("kind").asText()))
                    .toList();
        }
    }

    private static Stream<ObjectNode> manifests(Path file) {
        try {
            return StreamSupport.stream(
                            new Yaml().loadAll(Files.readString(file)).spliterator(), false)
                    .map(document -> JSON.<ObjectNode>valueToTree(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
