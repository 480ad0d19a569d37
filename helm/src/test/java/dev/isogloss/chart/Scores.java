package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scores of a cluster and of a local run, in a form in which they can be compared.
final class Scores {
    private Scores() {}

    /// Mean and spread by stage, language, split and metric, as status shows them.
    static Map<String, String> rows(JsonNode rows) {
        Map<String, String> scores = new TreeMap<>();
        for (JsonNode row : rows)
            scores.put(
                    words(row, "stage", "language", "split", "metric"),
                    decimal(row.path("mean")) + " " + decimal(row.path("std")));
        return scores;
    }

    private static String decimal(JsonNode number) {
        if (number.isNull()) return ""; // the spread of a single seed, which status leaves out
        return number.isNumber() ? String.format(Locale.ROOT, "%.4f", number.asDouble()) : number.asText();
    }

    private static String words(JsonNode object, String... fields) {
        return Stream.of(fields).map(field -> object.path(field).asText()).collect(Collectors.joining(" "));
    }

    /// Every step's scores to the last digit, by key, as TrainingSteps have them: their own, and those of what
    /// their pods did after them.
    static Map<String, Set<String>> ofSteps(JsonNode steps) {
        Map<String, Set<String>> scores = new TreeMap<>();
        for (JsonNode step : steps.path("items")) {
            for (JsonNode next : step.at("/status/followUps"))
                scores.put(next.path("key").asText(), scores(next.path("scores")));
            scores.put(step.at("/spec/key").asText(), scores(step.at("/status/scores")));
        }
        return scores;
    }

    /// The same, as a local run tells them.
    static Map<String, Set<String>> ofEvents(List<JsonNode> events) {
        Map<String, Set<String>> scores = new TreeMap<>();
        for (JsonNode event : events)
            if (event.path("event").asText().equals("StepSucceeded"))
                scores.put(event.path("key").asText(), scores(event.path("scores")));
        return scores;
    }

    private static Set<String> scores(JsonNode list) {
        return list.valueStream()
                .map(score -> words(score, "language", "split", "metric", "value", "examples"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
