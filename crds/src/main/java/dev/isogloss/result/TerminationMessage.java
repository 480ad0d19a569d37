package dev.isogloss.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.plan.step.StepKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The message that a container leaves at its end, from which the operator learns a step's result without reading the
/// store.
///
///     {"key", "kind", "reused", "scores": [{language, split, metric, value, examples}], "facts": {...},
///      "keptModel": true, "digests": {...}, "labelSketch": "...", "followUps": [the same of other steps]}
///     {"gzip": "..."}                     the same compressed, in base64, where it would not fit
///     {"error": "one paragraph"}
///
/// If even the compressed result does not fit, the results of the steps that followed are left out, the last one first,
/// then scores, which are counted (`scoresLeftOut`), then facts; all of them are in the store.
public sealed interface TerminationMessage {
    /// The most that Kubernetes keeps, in bytes.
    int LIMIT = 4096;

    /// As text of UTF-8 that takes `LIMIT` bytes at most.
    String text();

    /// @param message as Kubernetes hands it on; may be anything, also of another program
    static TerminationMessage read(@Nullable String message) {
        return message == null || message.isBlank() ? new Nothing() : Json.read(message.strip());
    }

    /// A step's result.
    ///
    /// @param reused        whether it was in the store before
    /// @param scoresLeftOut how many scores are in the store only
    /// @param followUps     results of the steps that the same container did after this one
    record Result(
            StepKey key,
            String kind,
            boolean reused,
            List<StepScore> scores,
            Facts facts,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keptModel,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> digests,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String labelSketch,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int scoresLeftOut,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Result> followUps)
            implements TerminationMessage {

        /// @throws IllegalArgumentException if there is no key, or a score is none: what a status cannot hold must not
        /// get as far as one
        @SuppressWarnings({"NullAway", "ConstantValue"}) // JSON may lack anything
        public Result {
            if (key == null) throw new IllegalArgumentException("a result without a key");
            kind = kind == null ? "" : kind;
            scores = scores == null
                    ? List.of()
                    : scores.stream().map(Result::checked).toList();
            facts = facts == null ? Facts.NONE : facts;
            digests = digests == null ? Map.of() : Map.copyOf(digests);
            scoresLeftOut = Math.max(0, scoresLeftOut);
            followUps = followUps == null ? List.of() : List.copyOf(followUps);
        }

        /// A step that nothing has followed.
        public Result(
                StepKey key,
                String kind,
                boolean reused,
                List<StepScore> scores,
                Facts facts,
                boolean keptModel,
                Map<String, String> digests,
                @Nullable String labelSketch,
                int scoresLeftOut) {
            this(key, kind, reused, scores, facts, keptModel, digests, labelSketch, scoresLeftOut, List.of());
        }

        public static Result of(StepResult result, boolean reused) {
            return new Result(
                    result.key(),
                    result.kind(),
                    reused,
                    result.scores().stream()
                            .filter(score -> Double.isFinite(score.value()))
                            .map(Score::toStatus)
                            .toList(),
                    result.facts(),
                    result.keptModel(),
                    result.digests(),
                    result.labelSketch(),
                    0);
        }

        /// This result and those of the steps after it.
        public Result with(List<Result> results) {
            return new Result(
                    key, kind, reused, scores, facts, keptModel, digests, labelSketch, scoresLeftOut, results);
        }

        private static StepScore checked(@Nullable StepScore score) {
            if (score == null || isEmpty(score.language()) || isEmpty(score.split()) || isEmpty(score.metric()))
                throw new IllegalArgumentException("a score without language, split or metric");
            double value = Double.parseDouble(String.valueOf(score.value()));
            if (!Double.isFinite(value)) throw new IllegalArgumentException("a score of " + value);
            return new StepScore(
                    score.language(),
                    score.split(),
                    score.metric(),
                    Double.toString(value),
                    Math.max(0, score.examples()));
        }

        private static boolean isEmpty(@Nullable String text) {
            return text == null || text.isEmpty();
        }

        private Result shortened(Facts kept) {
            int missing = scoresLeftOut + scores.size();
            return new Result(key, kind, reused, List.of(), kept, keptModel, digests, labelSketch, missing);
        }

        @Override
        public String text() {
            Result bare = new Result(key, "", reused, List.of(), Facts.NONE, keptModel, Map.of(), null, 0);
            Stream<Result> whole = IntStream.iterate(followUps.size(), n -> n >= 0, n -> n - 1)
                    .mapToObj(n -> with(followUps.subList(0, n)));
            return Stream.concat(whole, Stream.of(shortened(facts), shortened(Facts.NONE)))
                    .map(Json::of)
                    .flatMap(json -> Stream.of(json, Json.packed(json)))
                    .filter(Json::fits)
                    .findFirst()
                    .orElseGet(() -> Json.of(bare));
        }
    }

    /// The trainer's own sentence on why there is no result.
    record Error(String sentence) implements TerminationMessage {
        public Error {
            sentence = Excerpt.message(sentence);
        }

        /// Cut between characters where it is too long.
        @Override
        public String text() {
            String whole = Json.encodable(sentence);
            for (int keep = Math.min(whole.length(), LIMIT); ; keep = keep * 3 / 4) {
                String text = Json.of(Map.of("error", clipped(whole, keep)));
                if (Json.fits(text)) return text;
            }
        }

        private static String clipped(String text, int keep) {
            if (keep >= text.length()) return text;
            boolean splits = keep > 0 && Character.isHighSurrogate(text.charAt(keep - 1));
            return text.substring(0, splits ? keep - 1 : keep) + "…";
        }
    }

    /// Something else: the last lines of a process that could not say goodbye, or a version that says it otherwise.
    record Unreadable(String text) implements TerminationMessage {
        public Unreadable {
            text = Excerpt.message(text);
        }
    }

    /// An empty message, or none.
    record Nothing() implements TerminationMessage {
        @Override
        public String text() {
            return "";
        }
    }

    /// Between messages and their text.
    final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();

        /// Far above what 4 KiB of honest JSON unpack to.
        private static final int MOST_UNPACKED = 1 << 20;

        private Json() {}

        private static TerminationMessage read(String message) {
            try {
                JsonNode tree = MAPPER.readTree(message);
                if (tree == null) return new Unreadable(message);
                if (tree.hasNonNull("gzip"))
                    tree = MAPPER.readTree(unpacked(tree.get("gzip").asText()));
                if (tree.hasNonNull("error")) return new Error(tree.get("error").asText());
                return tree.hasNonNull("key") ? MAPPER.treeToValue(tree, Result.class) : new Unreadable(message);
            } catch (IOException | IllegalArgumentException none) {
                return new Unreadable(message);
            }
        }

        private static String of(Object message) {
            try {
                return encodable(MAPPER.writeValueAsString(message));
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        /// Half of a character that takes two, which no file can hold, becomes a question mark.
        private static String encodable(String text) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }

        private static boolean fits(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length <= LIMIT;
        }

        private static String packed(String json) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(json.getBytes(StandardCharsets.UTF_8));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return of(Map.of("gzip", Base64.getEncoder().encodeToString(bytes.toByteArray())));
        }

        private static String unpacked(String packed) throws IOException {
            byte[] bytes = Base64.getDecoder().decode(packed);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return new String(in.readNBytes(MOST_UNPACKED), StandardCharsets.UTF_8);
            }
        }
    }
}
