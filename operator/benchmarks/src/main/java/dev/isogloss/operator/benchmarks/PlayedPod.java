package dev.isogloss.operator.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// What a trainer's pod has to do, one step after the other, and what it says in the end.
///
/// @param steps canonical JSON of its own step, and then of those that follow it
record PlayedPod(List<String> steps) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final StepScore SCORE = new StepScore("qen", "test", "Accuracy", "0.5", 50);

    static PlayedPod of(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        List<String> steps = new ArrayList<>(List.of(annotations.getOrDefault("isogloss.dev/spec", "")));
        for (JsonNode next : parsed(annotations.getOrDefault("isogloss.dev/follow-ups", "[]")))
            steps.add(next.path("step").asText());
        return new PlayedPod(steps);
    }

    /// The time that all steps take together, without the pod's start.
    Duration work(StepLengths lengths) {
        return steps.stream().map(step -> length(lengths, step)).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration length(StepLengths lengths, String step) {
        return lengths.of(kind(step), Integer.parseInt(digest(step).substring(0, 4), 16) / (double) 0xffff);
    }

    String message() {
        List<TerminationMessage.Result> results =
                steps.stream().map(PlayedPod::result).toList();
        return results.getFirst().with(results.subList(1, results.size())).text();
    }

    private static TerminationMessage.Result result(String step) {
        String kind = kind(step);
        return new TerminationMessage.Result(
                new StepKey(digest(step)),
                kind,
                false,
                kind.equals("Evaluate") ? List.of(SCORE) : List.of(),
                Facts.of(Fact.Seconds, 1.5),
                false,
                Map.of(),
                null,
                0);
    }

    /// Nothing, for a pod that is no trainer's.
    private static String kind(String step) {
        return step.isEmpty() ? "" : parsed(step).path("kind").asText();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(json, impossible);
        }
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
