package dev.isogloss.report.benchmark;

import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Summary;
import dev.isogloss.report.statistics.PairedComparison;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The differences of all systems to the baseline, and how sure they are together.
///
/// Two families are adjusted by Holm's rule, each for itself: the single languages of all systems, and the averages of
/// all systems. A comparison that is still to come, or will not come since a step failed, counts with p = 1. That only
/// raises what the others are adjusted to, so a star that is shown stays.
///
/// @param byColumn by system, then by language or `average`
record Significance(Map<String, Map<String, Difference>> byColumn) {

    private record Hypothesis(String system, String column) {}

    static Significance of(BenchmarkOutline table, Map<StepKey, StepResult> results) {
        Map<Hypothesis, Difference> known = new LinkedHashMap<>();
        List<Hypothesis> languages = new ArrayList<>();
        List<Hypothesis> averages = new ArrayList<>();
        for (SystemOutline system : table.systems()) {
            if (system.comparison() == null) continue;
            StepResult result = results.get(system.comparison());
            for (String column : system.compared()) {
                Hypothesis hypothesis = new Hypothesis(system.name(), column);
                (column.equals(Summary.AVERAGE) ? averages : languages).add(hypothesis);
                if (result != null) read(result.facts(), column, known, hypothesis);
            }
        }
        Map<String, Map<String, Difference>> byColumn = new LinkedHashMap<>();
        for (List<Hypothesis> family : List.of(languages, averages)) adjust(family, known, table, byColumn);
        return new Significance(byColumn);
    }

    private static void read(Facts facts, String column, Map<Hypothesis, Difference> known, Hypothesis hypothesis) {
        Double value = facts.details(Fact.Difference).get(column);
        Double low = facts.details(Fact.Low).get(column);
        Double high = facts.details(Fact.High).get(column);
        Double p = facts.details(Fact.Probability).get(column);
        if (value == null || low == null || high == null || p == null) return;
        known.put(hypothesis, new Difference(value, low, high, p, p, 0));
    }

    private static void adjust(
            List<Hypothesis> family,
            Map<Hypothesis, Difference> known,
            BenchmarkOutline table,
            Map<String, Map<String, Difference>> byColumn) {
        List<Double> given = family.stream()
                .map(each -> known.containsKey(each) ? known.get(each).p() : 1.0)
                .toList();
        List<Double> adjusted = table.adjusted() ? PairedComparison.holm(given) : given;
        for (int i = 0; i < family.size(); i++) {
            Difference difference = known.get(family.get(i));
            if (difference == null) continue;
            byColumn.computeIfAbsent(family.get(i).system(), _ -> new LinkedHashMap<>())
                    .put(family.get(i).column(), difference.adjusted(adjusted.get(i), table.alpha()));
        }
    }
}
