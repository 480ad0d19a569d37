package dev.isogloss.operator.views;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.api.cluster.StepScore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A container's last words: what the trainer left in its termination log.
public sealed interface StepReport {

    /// A step's result, without what is too long for a termination message.
    ///
    /// @param facts         numbers as texts, by name
    /// @param digests       SHA-256 of what the step hands on, by name
    /// @param labelSketch      of a labelling, what the model says of some texts
    /// @param scoresLeftOut how many scores are in the store only
    record Result(
            String key,
            boolean reused,
            List<StepScore> scores,
            Map<String, String> facts,
            Map<String, String> digests,
            @Nullable String labelSketch,
            int scoresLeftOut)
            implements StepReport {}

    /// Why there is no result: the trainer's own sentence.
    record Complaint(String sentence) implements StepReport {}

    /// Something else: the last lines of a process that could not say goodbye.
    record Unreadable(String text) implements StepReport {}

    /// Nothing at all.
    record Silence() implements StepReport {}

    /// @param message as Kubernetes hands it on: at most 4 KiB
    static StepReport read(@Nullable String message) {
        if (message == null || message.isBlank()) return new Silence();
        return Reader.read(message.strip());
    }

    /// Reads what `TerminationLog` of the trainer writes.
    final class Reader {
        private static final JsonMapper MAPPER = new JsonMapper();

        /// Far above what 4 KiB of honest JSON unpack to.
        private static final int MOST_UNPACKED = 1 << 20;

        private Reader() {}

        static StepReport read(String message) {
            try {
                JsonNode tree = MAPPER.readTree(message);
                if (tree == null || !tree.isObject()) return new Unreadable(message);
                if (tree.hasNonNull("gzip"))
                    tree = MAPPER.readTree(unpack(tree.get("gzip").asText()));
                if (tree.hasNonNull("error"))
                    return new Complaint(tree.get("error").asText());
                return tree.hasNonNull("key") ? result(tree) : new Unreadable(message);
            } catch (JsonProcessingException | IllegalArgumentException noJson) {
                return new Unreadable(message);
            } catch (IOException broken) {
                return new Unreadable(message);
            }
        }

        private static Result result(JsonNode tree) {
            List<StepScore> scores = new ArrayList<>();
            for (JsonNode score : tree.path("scores")) scores.add(score(score));
            return new Result(
                    tree.get("key").asText(),
                    tree.path("reused").asBoolean(),
                    List.copyOf(scores),
                    numbers(tree.path("facts")),
                    texts(tree.path("digests")),
                    tree.hasNonNull("labelSketch") ? tree.get("labelSketch").asText() : null,
                    tree.path("scoresLeftOut").asInt());
        }

        private static Map<String, String> numbers(JsonNode facts) {
            Map<String, String> numbers = new TreeMap<>();
            facts.properties().forEach(fact -> {
                if (fact.getValue().isNumber())
                    numbers.put(fact.getKey(), fact.getValue().asText());
            });
            return numbers;
        }

        private static Map<String, String> texts(JsonNode digests) {
            Map<String, String> texts = new TreeMap<>();
            digests.properties()
                    .forEach(digest ->
                            texts.put(digest.getKey(), digest.getValue().asText()));
            return texts;
        }

        /// @throws IllegalArgumentException if it is none: what a status cannot hold must not get as far as one
        private static StepScore score(JsonNode score) {
            String value = text(score, "value");
            if (!Double.isFinite(Double.parseDouble(value))) throw new IllegalArgumentException(value);
            return new StepScore(
                    text(score, "language"),
                    text(score, "split"),
                    text(score, "metric"),
                    value,
                    Math.max(0, score.path("examples").asLong()));
        }

        private static String text(JsonNode score, String field) {
            String text = score.path(field).asText();
            if (text.isEmpty()) throw new IllegalArgumentException("a score without " + field);
            return text;
        }

        private static String unpack(String packed) throws IOException {
            byte[] bytes = Base64.getDecoder().decode(packed);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return new String(in.readNBytes(MOST_UNPACKED), StandardCharsets.UTF_8);
            }
        }
    }
}
