package dev.isogloss.operator.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.plan.step.ChooseCandidateStep;
import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepJson;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.report.Summary;
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
    private static final int EXAMPLES = 50;

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
        StepKey key = new StepKey(digest(step));
        Facts seconds = Facts.of(Fact.Seconds, 1.5);
        if (step.isEmpty()) return result(key, "", List.of(), seconds);
        return switch (spec(step)) {
            case EvaluateStep evaluate -> result(key, kind(step), scores(key, evaluate), seconds);
            case CompareStep compare -> result(key, kind(step), List.of(), differences(compare, seconds));
            case ChooseCandidateStep _ -> result(key, kind(step), List.of(), seconds.with(Fact.Choice, 1));
            default -> result(key, kind(step), List.of(), seconds);
        };
    }

    private static TerminationMessage.Result result(StepKey key, String kind, List<StepScore> scores, Facts facts) {
        return new TerminationMessage.Result(key, kind, false, scores, facts, false, Map.of(), null, 0);
    }

    /// Drawn from the step's key, so that every model has scores of its own.
    private static List<StepScore> scores(StepKey key, EvaluateStep evaluate) {
        String score = "0." + Integer.parseInt(key.hex().substring(0, 4), 16);
        List<StepScore> scores = new ArrayList<>();
        for (String language : evaluate.languages())
            for (String split : evaluate.splits())
                scores.add(new StepScore(language, split, "Accuracy", score, EXAMPLES));
        return scores;
    }

    private static Facts differences(CompareStep compare, Facts facts) {
        List<String> columns = new ArrayList<>(compare.languages());
        if (!compare.averaged().isEmpty()) columns.add(Summary.AVERAGE);
        for (String column : columns)
            facts = facts.with(Fact.Difference, column, 0.02)
                    .with(Fact.Low, column, 0.01)
                    .with(Fact.High, column, 0.03)
                    .with(Fact.Probability, column, 0.001);
        return facts;
    }

    private static StepSpec spec(String json) {
        try {
            return StepJson.read(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(json, impossible);
        }
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
