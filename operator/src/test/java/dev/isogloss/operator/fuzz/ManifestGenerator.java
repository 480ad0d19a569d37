package dev.isogloss.operator.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.operator.fuzz.Places.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Manifests at random: sound ones, the same with one to three things changed, and what the schema's parts give when
/// they are put together blindly. The same seed gives the same manifests.
public final class ManifestGenerator {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> NAMES =
            List.of("a", "packages", "a.b", "x-1", "A", "", "-a", "a..b", "a.-b", "ä", "a".repeat(63), "a".repeat(64));

    private final Random random;
    private final SchemaValues values;
    private final List<ObjectNode> sound;
    private final Map<String, JsonNode> schemas = Map.of(
            "TransferExperiment",
            schema("transferexperiments"),
            "CoTrainingRun",
            schema("cotrainingruns"),
            "TransferBenchmark",
            schema("transferbenchmarks"));

    /// @param sound manifests that are accepted
    public ManifestGenerator(long seed, List<ObjectNode> sound) {
        this.random = new Random(seed);
        this.values = new SchemaValues(random);
        this.sound = sound;
    }

    private static JsonNode schema(String plural) {
        String file = "/dev/isogloss/crds/" + plural + ".schema.json";
        try (InputStream in = Objects.requireNonNull(ManifestGenerator.class.getResourceAsStream(file), file)) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ObjectNode next() {
        ObjectNode manifest = sound.get(random.nextInt(sound.size())).deepCopy();
        JsonNode schema =
                Objects.requireNonNull(schemas.get(manifest.path("kind").asText()));
        if (random.nextInt(5) == 0) manifest.set("spec", values.of(schema.at("/properties/spec")));
        if (random.nextInt(30) == 0)
            ((ObjectNode) manifest.get("metadata")).put("name", NAMES.get(random.nextInt(NAMES.size())));
        for (int i = random.nextInt(4); i > 0; i--) mutate(manifest, schema);
        return manifest;
    }

    private void mutate(ObjectNode manifest, JsonNode schema) {
        List<Place> places = Places.in(manifest.path("spec"), schema.at("/properties/spec"));
        if (places.isEmpty()) return;
        Mutation[] all = Mutation.values();
        all[random.nextInt(all.length)].at(places.get(random.nextInt(places.size())), values, random);
    }
}
