package dev.isogloss.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Experiments that are the same but for one number of their manifests, their seeds and their names.
///
/// @param groups each of experiments by that number, rising
record AlikeExperiments(List<Map<Double, ReportedExperiment>> groups) {
    /// Members of a spec that no score depends on, or that scores are means over.
    private static final List<String> ASIDE =
            List.of("seeds", "storage", "runtime", "suspend", "ttlSecondsAfterFinished");

    /// Experiments that lack the field, or have more than one number there, are left out.
    static AlikeExperiments of(SpecField field, List<ReportedExperiment> experiments) {
        Map<JsonNode, Map<Double, ReportedExperiment>> alike = new LinkedHashMap<>();
        for (ReportedExperiment experiment : experiments)
            number(field, experiment)
                    .ifPresent(number -> alike.computeIfAbsent(rest(field, experiment.spec()), _ -> new TreeMap<>())
                            .merge(number, experiment, AlikeExperiments::ofMoreResults));
        return new AlikeExperiments(List.copyOf(alike.values()));
    }

    private static Optional<Double> number(SpecField field, ReportedExperiment experiment) {
        Set<Double> numbers = field.in(experiment.spec()).stream()
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .collect(Collectors.toSet());
        return numbers.size() == 1 ? Optional.of(numbers.iterator().next()) : Optional.empty();
    }

    private static ReportedExperiment ofMoreResults(ReportedExperiment one, ReportedExperiment other) {
        return other.results().size() > one.results().size() ? other : one;
    }

    private static JsonNode rest(SpecField field, JsonNode spec) {
        ObjectNode rest = (ObjectNode) field.without(spec);
        rest.remove(ASIDE);
        rest.path("stages").forEach(stage -> ((ObjectNode) stage).remove("name"));
        return rest;
    }

    /// Those of several numbers.
    List<Map<Double, ReportedExperiment>> different() {
        return groups.stream().filter(values -> values.size() > 1).toList();
    }

    /// The names of a group's experiments, each with its number.
    static String described(Map<Double, ReportedExperiment> values) {
        return values.entrySet().stream()
                .map(each -> "%s (%s)".formatted(each.getValue().name(), text(each.getKey())))
                .collect(Collectors.joining(", "));
    }

    /// A whole number without decimals.
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
